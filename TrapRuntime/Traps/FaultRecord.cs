using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TrapRuntime.Activations;

namespace TrapRuntime.Traps;

/// <summary>
/// The part of a trap that only a signal fills, in one array with the frames that have no place in the trap: head, general registers,
/// program counters. An object for each would cost more than walking the frames does.
/// </summary>
/// <param name="words">What <see cref="Make"/> gave.</param>
internal readonly unsafe struct FaultRecord(nuint[] words)
{
    /// <summary>Gets everything of fixed size.</summary>
    internal ref readonly FaultHead Head => ref HeadOf(words);

    /// <summary>Gets the general registers.</summary>
    internal ReadOnlySpan<nuint> General => words.AsSpan(HeadWords, Head.GeneralCount);

    private static int HeadWords => sizeof(FaultHead) / sizeof(nuint);

    /// <summary>Copies what a fault left behind.</summary>
    /// <param name="capture">What the handler copied.</param>
    /// <param name="address">The address that could not be accessed, or null.</param>
    /// <param name="access">What was being done with it.</param>
    /// <param name="counters">What goes to the end of the array.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static nuint[] Make(in TrapCapture capture, nuint? address, FaultAccess access, ReadOnlySpan<nuint> counters)
    {
        int general = Math.Clamp((int)capture.GeneralCount, 0, TrapCapture.MaxGeneral);
        nuint[] words = new nuint[HeadWords + general + counters.Length];
        ref FaultHead head = ref HeadOf(words);
        head.Signal = capture.Signal;
        head.SignalCode = capture.SignalCode;
        head.Access = access;
        head.GeneralCount = (short)general;
        head.HasAddress = address.HasValue;
        head.Address = address.GetValueOrDefault();
        head.StackPointer = capture.StackPointer;
        head.FramePointer = capture.FramePointer;
        fixed (ulong* registers = capture.General)
        {
            new ReadOnlySpan<nuint>(registers, general).CopyTo(words.AsSpan(HeadWords));
        }

        counters.CopyTo(words.AsSpan(HeadWords + general));
        return words;
    }

    // SAFETY: an array made by Make is longer than the head, and its words are aligned as the head's strictest field.
    private static ref FaultHead HeadOf(nuint[] words) => ref Unsafe.As<nuint, FaultHead>(ref MemoryMarshal.GetArrayDataReference(words));
}
