namespace TrapRuntime.AotSmoke.Storms;

/// <summary>The guests of the interrupt storm.</summary>
internal sealed record StormGuests(GuestCode Loop, GuestCode Answer, GuestCode CallLoop, GuestCode Read);
