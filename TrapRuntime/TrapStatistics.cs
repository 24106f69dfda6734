namespace TrapRuntime;

/// <summary>What the library has counted. A snapshot: the parts are read one after the other while other threads go on.</summary>
public sealed record TrapStatistics
{
    /// <summary>Gets how many guest calls ended in a trap, interrupts included.</summary>
    public required long TrapsCaught { get; init; }

    /// <summary>Gets how many guest calls a token stopped.</summary>
    public required long Interrupts { get; init; }

    /// <summary>Gets how many guest stacks exist.</summary>
    public required long StacksMapped { get; init; }

    /// <summary>Gets how many idle stacks the shared pool holds.</summary>
    public required long StacksPooled { get; init; }

    /// <summary>Gets how many idle stacks threads keep for themselves.</summary>
    public required long StacksCached { get; init; }

    /// <summary>Gets how many stacks carry a running guest call.</summary>
    public required long StacksInUse { get; init; }

    /// <summary>Gets the address space all stacks take up, guard regions included, in bytes.</summary>
    public required long StackBytesMapped { get; init; }

    /// <summary>Gets the most guest stacks that ever existed at once.</summary>
    public required long StacksPeak { get; init; }

    /// <summary>Gets how many calls got the stack that their thread had kept.</summary>
    public required long StacksFromThread { get; init; }

    /// <summary>Gets how many calls got a stack of the shared pool.</summary>
    public required long StacksFromPool { get; init; }

    /// <summary>Gets how many calls got a new stack.</summary>
    public required long StacksFromSystem { get; init; }

    /// <summary>Gets the caught traps by their code; codes that never came are absent.</summary>
    public required IReadOnlyDictionary<TrapCode, long> TrapsByCode { get; init; }
}
