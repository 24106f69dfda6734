namespace TrapRuntime.AotSmoke.Storms;

/// <summary>What happens in a storm. Weights make the costly ones rare.</summary>
internal static class StormEvents
{
    /// <summary>Gets all events.</summary>
    internal static IReadOnlyList<StormEvent> All { get; } =
    [
        .. Coexistence.GuestFaults.All.Select(static fault => new StormEvent($"guest: {fault.Name}", 400, _ => fault.Run())),
        new("guest: recursion, any stack", 200, GuestEvents.RecurseOnAnyStack),
        new("guest: returns", 400, static _ => GuestEvents.Return()),
        new("guest: interrupted", 4, static _ => GuestEvents.Interrupt()),
        new("guest: cancelled late", 4, GuestEvents.CancelAtAnyTime),
        new("host: function returns", 200, HostEvents.Return),
        new("host: library trap", 200, static _ => HostEvents.RaiseTrap()),
        new("host: exception through the guest", 20, HostEvents.Throw),
        new("host: 50 guests deep", 1, HostEvents.Deep),
        new("managed: faults, depth 1", 60, static _ => ManagedEvents.Faults(1)),
        new("managed: faults, depth 50", 10, static _ => ManagedEvents.Faults(ManagedEvents.Deep)),
        new("managed: guests in catch and finally", 20, ManagedEvents.AroundGuests),
        new("managed: allocation", 60, ManagedEvents.Allocate),
        new("managed: collection", 1, static _ => ManagedEvents.Collect()),
        new("managed: async", 6, ManagedEvents.Await),
        new("managed: thread", 3, ManagedEvents.StartThread),
    ];
}
