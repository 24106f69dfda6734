namespace TrapRuntime.AotSmoke.Coexistence;

/// <summary>Where a thread stands when a foreign fault strikes it.</summary>
internal enum Place
{
    /// <summary>On the main thread, which has run no guest.</summary>
    Main,

    /// <summary>On another thread, which has run no guest.</summary>
    Thread,

    /// <summary>On the main thread, after a guest of it returned.</summary>
    AfterGuest,

    /// <summary>On the main thread, after a guest of it trapped.</summary>
    AfterTrap,

    /// <summary>On the host stack, in a native function that a guest called by way of the host.</summary>
    HostCall,

    /// <summary>On the guest stack, in a native function that a guest called and nobody registered.</summary>
    GuestStack,
}
