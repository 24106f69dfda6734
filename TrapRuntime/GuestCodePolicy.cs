namespace TrapRuntime;

/// <summary>Which code a fault may come from to count as the guest's.</summary>
/// <remarks>
/// Interrupts do not follow it: a token stops a guest only while the program counter is in announced code, under either policy. So a plug-in
/// that is inside <c>malloc</c> is stopped once it is back in its own code, and the allocator's lock is never left behind. Announce what
/// you want to be stopped, and not what takes locks. It is the innermost function that counts: announced code that an unannounced library
/// calls back while it holds a lock is stopped there.
/// </remarks>
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
