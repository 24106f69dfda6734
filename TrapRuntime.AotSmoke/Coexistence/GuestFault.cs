namespace TrapRuntime.AotSmoke.Coexistence;

/// <summary>One way for a guest to end, and what has to come of it.</summary>
internal sealed record GuestFault(string Name, GuestCode Code, nint Argument, TrapKind Kind, TrapCode Expected, nuint? Address = null)
{
    /// <summary>Lets a guest end so.</summary>
    /// <returns>What was wrong with its trap, or null.</returns>
    internal unsafe string? Run(int? stackSize = null)
    {
        VMConfig? config = stackSize is null ? null : new VMConfig { StackSize = stackSize };
        return Check(GuestCall.CatchTraps((delegate* unmanaged<void*, void>)Code.Start, (void*)Argument, config).Trap);
    }

    /// <summary>Compares a trap with what it has to be.</summary>
    internal string? Check(Trap? trap) =>
        trap is not null && trap.Kind == Kind && trap.Code == Expected && (Address is null || trap.FaultAddress == Address)
            ? null
            : $"{Name} ended in {trap?.ToString() ?? "a return"}";
}
