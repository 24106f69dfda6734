using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TrapRuntime.Activations;
using TrapRuntime.Platforms;
using TrapRuntime.Traps.Arm64;
using TrapRuntime.Traps.X64;

namespace TrapRuntime.Traps;

/// <summary>
/// What a fault left behind, in one array with the frames that have no place in the trap: the capture as far as its last register, then
/// program counters. An object for each would cost more than walking the frames does.
/// </summary>
/// <param name="words">What <see cref="Make"/> gave.</param>
internal readonly unsafe struct FaultRecord(nuint[] words)
{
    /// <summary>Gets the capture, to read its fields in front of the registers. There is no more of it: a copy would read past the array.</summary>
    internal ref readonly TrapCapture Capture => ref Unsafe.As<nuint, TrapCapture>(ref MemoryMarshal.GetArrayDataReference(words));

    /// <summary>Gets the general registers.</summary>
    internal ReadOnlySpan<nuint> General => words.AsSpan(TrapCapture.WordsBeforeGeneral, GeneralCountOf(Capture));

    /// <summary>Gets the address that could not be accessed, or null when the fault names none.</summary>
    internal nuint? Address => AddressOf(PlatformFaults.KindOf(Capture.Signal, Capture.SignalCode), Capture);

    /// <summary>Gets what was being done with <see cref="Address"/>.</summary>
    internal FaultAccess Access => Address is null ? FaultAccess.Unknown
        : RuntimeInformation.ProcessArchitecture == Architecture.X64 ? PageFaultError.AccessOf(Capture)
        : ExceptionSyndrome.AccessOf(Capture);

    /// <summary>Copies a capture.</summary>
    /// <param name="capture">What the handler copied out of the signal.</param>
    /// <param name="counters">What goes to the end of the array.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static nuint[] Make(in TrapCapture capture, ReadOnlySpan<nuint> counters)
    {
        int length = TrapCapture.WordsBeforeGeneral + GeneralCountOf(capture);
        nuint[] words = new nuint[length + counters.Length];

        // SAFETY: a capture is longer than so many words of it.
        MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<TrapCapture, nuint>(ref Unsafe.AsRef(in capture)), length).CopyTo(words);
        counters.CopyTo(words.AsSpan(length));
        return words;
    }

    /// <summary>Gives the address that a fault of some kind names, if any.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static nuint? AddressOf(FaultKind kind, in TrapCapture capture) =>
        kind is FaultKind.MemoryAccess or FaultKind.Bus or FaultKind.Misaligned ? capture.FaultAddress : null;

    private static int GeneralCountOf(in TrapCapture capture) => Math.Clamp((int)capture.GeneralCount, 0, TrapCapture.MaxGeneral);
}
