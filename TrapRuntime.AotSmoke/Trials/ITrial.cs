namespace TrapRuntime.AotSmoke.Trials;

/// <summary>Something that needs a process of its own: options that hold for the whole process, or a state no other test should see.</summary>
internal interface ITrial
{
    /// <summary>Gets the name that selects it.</summary>
    string Name { get; }

    /// <summary>Runs it, and prints what it measured.</summary>
    /// <returns>What went wrong, or null.</returns>
    string? Run();
}
