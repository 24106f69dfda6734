namespace TrapRuntime;

/// <summary>What the faulting instruction was doing with <see cref="Trap.FaultAddress"/>.</summary>
public enum FaultAccess
{
    /// <summary>The processor did not say.</summary>
    Unknown = 0,

    /// <summary>A load.</summary>
    Read,

    /// <summary>A store.</summary>
    Write,

    /// <summary>An instruction fetch.</summary>
    Execute,
}
