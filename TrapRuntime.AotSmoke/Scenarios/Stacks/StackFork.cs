using TrapRuntime.AotSmoke.Guests;
using TrapRuntime.Stacks;

namespace TrapRuntime.AotSmoke.Scenarios.Stacks;

/// <summary>A guest forks, or native code that it has run on the host's stack: the child goes its way, the parent's stacks are as before.</summary>
internal sealed unsafe class StackFork : IScenario
{
    private const string Expected = $"child exited with 42, {TrapText.Returned}; overflow and return afterwards; 0 stacks more; {StackAccount.Balanced}";

    /// <inheritdoc/>
    public IEnumerable<ScenarioCase> Cases =>
    [
        new("stacks: a guest forks", Expected, static () => StackAccount.OnFreshThread(static () => Run(ForkInGuest))),
        new("stacks: native host code forks", Expected, static () => StackAccount.OnFreshThread(static () => Run(ForkOnHostStack))),
    ];

    private static string Run(Func<string> fork)
    {
        using StackProbe probe = new();
        nuint before = probe.Touch();
        long mapped = StackCounters.Mapped;
        string forked = fork();
        bool sound = probe.Exhaust() == (nuint)GuestStacks.DefaultSize && probe.Touch() == before;
        long more = StackCounters.Mapped - mapped;
        return $"{forked}; {(sound ? "overflow and return afterwards" : "no guest runs any more")}; {more} stacks more; {StackAccount.Balance()}";
    }

    private static string ForkInGuest()
    {
        using GuestCode guest = ForkGuest.Emit();
        ForkGuest.Fork fork = ForkGuest.Fork.Create();
        return Describe(TrapText.Call(guest, &fork), fork);
    }

    private static string ForkOnHostStack()
    {
        using GuestCode guest = OnHostStackGuest.Emit();
        using GuestCode forks = ForkGuest.Emit();
        ForkGuest.Fork fork = ForkGuest.Fork.Create();
        OnHostStackGuest.Request request = new()
        {
            Entry = HostCall.NativeOnHostStack,
            Function = forks.Start,
            Argument = (nint)(&fork),
        };
        return Describe(TrapText.Call(guest, &request), fork);
    }

    // waitpid(2): the exit code is the second byte of the status, and the first is 0 when the process exited by itself.
    private static string Describe(string got, in ForkGuest.Fork fork)
    {
        const int ExitShift = 8;
        bool exited = fork.Child > 0 && fork.Reaped == fork.Child && fork.Status == ForkGuest.ExitCode << ExitShift;
        return $"{(exited ? $"child exited with {ForkGuest.ExitCode}" : $"child {fork.Child}, reaped {fork.Reaped}, status {fork.Status}")}, {got}";
    }
}
