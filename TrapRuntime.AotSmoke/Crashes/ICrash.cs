namespace TrapRuntime.AotSmoke.Crashes;

/// <summary>
/// A way to die that TrapRuntime must not change. Run in a process of its own, once with it and once without; both must end alike.
/// </summary>
internal interface ICrash
{
    /// <summary>Gets the name, behind <c>crash-</c> on the command line.</summary>
    string Name { get; }

    /// <summary>Gets one line on what happens.</summary>
    string Summary { get; }

    /// <summary>Dies. Comes back only if the process survives.</summary>
    /// <param name="without">Whether the same is to happen without TrapRuntime ever being touched.</param>
    void Die(bool without);
}
