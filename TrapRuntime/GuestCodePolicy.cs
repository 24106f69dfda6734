namespace TrapRuntime;

/// <summary>Which code a fault may come from to count as the guest's.</summary>
public enum GuestCodePolicy
{
    /// <summary>
    /// The program counter must lie in a range announced through <c>GuestCode</c>. The default: a bug in a native
    /// library stays a crash.
    /// </summary>
    RegisteredCode = 0,

    /// <summary>Anything that runs on the guest stack counts. For native plug-ins that call other libraries.</summary>
    GuestStack = 1,
}
