namespace TrapRuntime.Traps;

/// <summary>
/// Questions about running guests that the registries below the activations must ask. The layer above answers them; before it
/// is set up no guest can run, so the first answers are "no".
/// </summary>
internal static class GuestUsage
{
    /// <summary>Gets or sets the question whether any thread has an activation. Must not be answered "no" while one has.</summary>
    internal static Func<bool> AnyActivation { get; set; } = static () => false;

    /// <summary>Gets or sets the question whether a guest is inside the code [start, end).</summary>
    internal static Func<nuint, nuint, bool> CodeInUse { get; set; } = static (_, _) => false;

    /// <summary>Gets or sets the question whether a guest uses the memory [start, end).</summary>
    internal static Func<nuint, nuint, bool> MemoryInUse { get; set; } = static (_, _) => false;
}
