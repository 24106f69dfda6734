namespace TrapRuntime;

/// <summary>How the process handles guests. Fixed by the first initialisation.</summary>
public sealed record TrapHandlerOptions
{
    private const int DefaultMaxPooledStacks = 256;
    private const int DefaultStackGuardSize = 64 * 1024;
    private const int DefaultMaxBacktraceFrames = 64;

    /// <summary>The most frames a back-trace can be told to have.</summary>
    private const int LargestBacktrace = 4096;

    /// <summary>Gets a value indicating whether signal handlers are installed. False: only <see cref="TrapHandlers.NativeTryHandle"/> is there, for a host that owns the handlers.</summary>
    public bool InstallHandlers { get; init; } = true;

    /// <summary>Gets the signal that interrupts guests.</summary>
    public InterruptSignal InterruptSignal { get; init; }

    /// <summary>Gets which code's faults count as the guest's, where the call does not say.</summary>
    public GuestCodePolicy CodePolicy { get; init; }

    /// <summary>Gets the most idle stacks the shared pool holds. Default 256.</summary>
    public int MaxPooledStacks { get; init; } = DefaultMaxPooledStacks;

    /// <summary>Gets the size of the region below each guest stack where every access faults, in bytes; rounded up to pages, at least one. Default 64 KiB.</summary>
    public int StackGuardSize { get; init; } = DefaultStackGuardSize;

    /// <summary>Gets what happens to the contents of a released stack.</summary>
    public StackHygiene StackHygiene { get; init; }

    /// <summary>Gets the most frames a trap's back-trace has. 0: none is made. Default 64.</summary>
    public int MaxBacktraceFrames { get; init; } = DefaultMaxBacktraceFrames;

    /// <summary>Checks every value, so that nothing is changed by options that could not be followed.</summary>
    /// <exception cref="ArgumentException">A value is out of range.</exception>
    internal void Validate()
    {
        Require(Enum.IsDefined(InterruptSignal), nameof(InterruptSignal), InterruptSignal);
        Require(Enum.IsDefined(CodePolicy), nameof(CodePolicy), CodePolicy);
        Require(Enum.IsDefined(StackHygiene), nameof(StackHygiene), StackHygiene);
        Require(MaxPooledStacks >= 0, nameof(MaxPooledStacks), MaxPooledStacks);
        Require(StackGuardSize is >= 0 and <= GuestStacks.MaxSize, nameof(StackGuardSize), StackGuardSize);
        Require(MaxBacktraceFrames is >= 0 and <= LargestBacktrace, nameof(MaxBacktraceFrames), MaxBacktraceFrames);
    }

    private static void Require(bool holds, string name, object value)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, value, $"TrapHandlerOptions.{name} cannot be {value}.");
        }
    }
}
