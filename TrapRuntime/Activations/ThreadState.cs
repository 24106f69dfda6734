namespace TrapRuntime.Activations;

/// <summary>What the calling thread knows about itself.</summary>
internal static unsafe class ThreadState
{
    [ThreadStatic]
    private static ThreadBlock* t_block;

    /// <summary>Gets or sets the calling thread's block, null until it first enters guest code.</summary>
    internal static ThreadBlock* CurrentOrNull
    {
        get => t_block;
        set => t_block = value;
    }
}
