namespace TrapRuntime.Activations;

/// <summary>The bits of <see cref="Activation.Pending"/>.</summary>
[Flags]
internal enum ActivationPending
{
    /// <summary>Nothing: the guest goes on.</summary>
    None = 0,

    /// <summary>A host function asked for the end of its guest.</summary>
    End = 1,

    /// <summary>A token asked for the end; the signal that follows is only a kick.</summary>
    Interrupt = 2,
}
