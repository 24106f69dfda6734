namespace TrapRuntime.Activations;

/// <summary>
/// The managed side of a thread that runs guests: what cannot stand in unmanaged memory. Lives as long as the thread; its finalizer
/// tells that the thread is gone, on both runtimes, which a destructor in managed code could not do safely.
/// </summary>
internal sealed unsafe class ThreadHolder(ThreadBlock* block)
{
    /// <summary>Finalizes an instance of the <see cref="ThreadHolder"/> class: takes the thread's things back once it has ended.</summary>
    ~ThreadHolder()
    {
        if (!ThreadReclaimer.TryReclaim(Block))
        {
            // The runtime let go of the thread before the system did: look again after the next collection.
            GC.ReRegisterForFinalize(this);
        }
    }

    /// <summary>Gets the unmanaged side.</summary>
    internal ThreadBlock* Block { get; } = block;

    /// <summary>Gets or sets what a host function left for the caller of the guest it ended.</summary>
    internal HostRaise? Raise { get; set; }
}
