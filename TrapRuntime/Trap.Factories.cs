using System.Runtime.CompilerServices;
using TrapRuntime.Activations;
using TrapRuntime.Traps;

namespace TrapRuntime;

/// <content>How the library makes traps. Frames come as program counters; their names are looked up when asked for.</content>
public sealed partial class Trap
{
    /// <summary>Makes the trap of a hardware fault.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Trap FromHardware(
        in TrapCapture capture, TrapCode code, TrapDetail? detail, ReadOnlySpan<nuint> frames) =>
        new(
            TrapKind.Hardware,
            code,
            capture.ProgramCounter,
            detail,
            FaultRecord.Make(capture, Beyond(frames)),
            frames,
            CodeRegistry.Shared.Directory);

    /// <summary>Makes the trap of a code raised by a host function or a guest's library.</summary>
    /// <remarks>Wasmer: <c>Trap::lib</c>.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Trap Library(TrapCode code, ReadOnlySpan<nuint> frames) =>
        new(TrapKind.Library, code, InnermostOf(frames), null, null, frames, CodeRegistry.Shared.Directory);

    /// <summary>Makes the trap of an error raised by a host function.</summary>
    /// <remarks>Wasmer: <c>Trap::user</c>.</remarks>
    internal static Trap User(Exception error, ReadOnlySpan<nuint> frames) =>
        new(TrapKind.User, TrapCode.None, InnermostOf(frames), error, null, frames, CodeRegistry.Shared.Directory);

    /// <summary>Makes the trap of a guest that could not start.</summary>
    /// <param name="what">What there was no memory for: <c>"a guest stack of 1048576 bytes"</c>.</param>
    /// <remarks>Wasmer: <c>Trap::oom</c>.</remarks>
    internal static Trap OutOfMemory(string what) =>
        new(TrapKind.OutOfMemory, TrapCode.None, 0, new TrapDetail { MissingWhat = what }, null, [], CodeDirectory.Empty);

    /// <summary>Makes the trap of a guest that a token stopped where it was.</summary>
    /// <remarks>Wasmer: <c>Trap::host_interrupt</c>.</remarks>
    internal static Trap Interrupted(in TrapCapture capture, ReadOnlySpan<nuint> frames) =>
        new(
            TrapKind.Interrupted,
            TrapCode.HostInterrupt,
            capture.ProgramCounter,
            null,
            FaultRecord.Make(capture, Beyond(frames)),
            frames,
            CodeRegistry.Shared.Directory);

    /// <summary>Makes the trap of a guest that a token stopped at its door or in a host function. It has no registers to show.</summary>
    /// <remarks>Wasmer: <c>Trap::host_interrupt</c>.</remarks>
    internal static Trap Interrupted(nuint programCounter, ReadOnlySpan<nuint> frames) =>
        new(TrapKind.Interrupted, TrapCode.HostInterrupt, programCounter, null, null, frames, CodeRegistry.Shared.Directory);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ReadOnlySpan<nuint> Beyond(ReadOnlySpan<nuint> frames) => frames[Math.Min(InlineFrames, frames.Length)..];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nuint InnermostOf(ReadOnlySpan<nuint> frames) => frames.IsEmpty ? 0 : frames[0];
}
