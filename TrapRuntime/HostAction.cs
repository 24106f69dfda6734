namespace TrapRuntime;

/// <summary>Something to do on the host stack.</summary>
/// <typeparam name="TState">What it works on.</typeparam>
/// <param name="state">What it works on.</param>
public delegate void HostAction<TState>(ref TState state)
    where TState : allows ref struct;
