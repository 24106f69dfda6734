namespace TrapRuntime;

/// <summary>A host function that guest code calls. It runs on the host stack and may throw, allocate, block and call guests.</summary>
/// <param name="call">The arguments, and the ways to end the guest.</param>
/// <returns>The result; ignored when the signature has none.</returns>
public delegate GuestValue HostCallback(ref HostCallContext call);
