namespace TrapRuntime.MachineCode.X64;

/// <summary>The labels of the thunks that are emitted together.</summary>
internal sealed class ThunkLabels(X64Emitter e)
{
    internal CodeLabel Enter { get; } = e.NewLabel();

    internal CodeLabel EnterWindow { get; } = e.NewLabel();

    internal CodeLabel Exit { get; } = e.NewLabel();

    /// <summary>Gets the part of the exit that a jump out of the guest leads to: rbx = Activation*, status set, direction flag clear.</summary>
    internal CodeLabel Unwound { get; } = e.NewLabel();

    /// <summary>Gets the place where a host call goes when its guest must end: rbx = Activation*.</summary>
    internal CodeLabel Leave { get; } = e.NewLabel();

    internal CodeLabel Judge { get; } = e.NewLabel();

    internal CodeLabel NativeRaise { get; } = e.NewLabel();

    internal CodeLabel NativeOnHostStack { get; } = e.NewLabel();

    internal CodeLabel HostCall { get; } = e.NewLabel();

    internal CodeLabel HostCallback { get; } = e.NewLabel();

    internal CodeLabel GuestEntry { get; } = e.NewLabel();

    internal CodeLabel SafeCopy { get; } = e.NewLabel();

    /// <summary>Gets the one instruction of the safe copy that may fault.</summary>
    internal CodeLabel SafeCopyAccess { get; } = e.NewLabel();

    /// <summary>Gets the place where the safe copy goes on after a fault.</summary>
    internal CodeLabel SafeCopyFailed { get; } = e.NewLabel();
}
