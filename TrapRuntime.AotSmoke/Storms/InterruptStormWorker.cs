using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using TrapRuntime.Activations;
using TrapRuntime.AotSmoke.Guests;
using TrapRuntime.Signals;

namespace TrapRuntime.AotSmoke.Storms;

/// <summary>One thread of the interrupt storm.</summary>
[SuppressMessage("Security", "CA5394", Justification = "A storm must come again from its seed; nothing is secret.")]
internal sealed unsafe class InterruptStormWorker(StormGuests guests, CancelQueue cancels, TimeSpan duration, int seed, CancellationToken never)
{
    private const int MostSpins = 3000;
    private const int HostCalls = 20;
    private static readonly GuestSignature s_oneWord = GuestSignature.Create([GuestValueKind.Int64]);

    private readonly Random _random = new(seed);
    private string _doing = "nothing yet";

    internal List<TimeSpan> Latencies { get; } = [];

    internal List<string> Wrong { get; } = [];

    internal int Calls { get; private set; }

    internal string Describe() => $"{Calls} calls, now {Volatile.Read(ref _doing)}";

    [SuppressMessage("Design", "CA1031", Justification = "Whatever happens is reported as wrong.")]
    internal void Run()
    {
        try
        {
            long began = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(began) < duration)
            {
                Step();
            }

            Expect(CurrentThread.BlockOrNull->Attention == 0, "attention is left over");
            Expect(!PendingSignals.Contains(TrapPath.Ensure().InterruptNumber), "a signal is left over");
        }
        catch (Exception error)
        {
            Wrong.Add(error.ToString());
        }
    }

    private void Step()
    {
        switch (_random.Next(8))
        {
            case 0:
                EndlessLoop();
                break;
            case 1:
                ShortCalls();
                break;
            case 2:
                EndlessHostCalls();
                break;
            case 3:
                FiniteHostCalls();
                break;
            case 4:
                NestedOuterCancelled();
                break;
            case 5:
                NestedInnerCancelled();
                break;
            case 6:
                TrapsUntilCancelled();
                break;
            default:
                ShortCallsUntilCancelled();
                break;
        }
    }

    private void EndlessLoop()
    {
        Doing("an endless loop");
        long started = 0;
        using CancellationTokenSource source = new();
        PlannedCancel plan = cancels.Plan(source, Spins());
        ExpectInterrupted(Call(guests.Loop, &started, source.Token), plan);
    }

    private void ShortCalls()
    {
        Doing("short calls");
        for (int i = 0; i < HostCalls; i++)
        {
            long state = 0;
            Expect(Call(guests.Answer, &state, i % 2 == 0 ? never : default) is null && Volatile.Read(ref state) == ReturnGuest.Answer, "a short call ended");
        }
    }

    private void EndlessHostCalls()
    {
        Doing("endless host calls");
        using CancellationTokenSource source = new();
        using HostFunction function = HostFunction.Create(s_oneWord, static (ref HostCallContext _) => default);
        CallLoopGuest.Calls calls = new() { Function = function.Address };
        PlannedCancel plan = cancels.Plan(source, Spins());
        ExpectInterrupted(Call(guests.CallLoop, &calls, source.Token), plan);
    }

    private void FiniteHostCalls()
    {
        Doing("finite host calls");
        using HostFunction function = HostFunction.Create(s_oneWord, static (ref HostCallContext _) => default);
        CallLoopGuest.Calls calls = new() { Function = function.Address, Left = HostCalls };
        Expect(Call(guests.CallLoop, &calls, never) is null && calls.Done == HostCalls, "a finite loop ended early");
    }

    // Inner guests come and go, some of them endless, until the outer one is stopped.
    private void NestedOuterCancelled()
    {
        Doing("nested guests, outer cancelled");
        using CancellationTokenSource source = new();
        bool endless = _random.Next(2) == 0;
        int running = 0;
        using HostFunction function = HostFunction.Create(s_oneWord, (ref HostCallContext _) =>
        {
            running++;
            long state = 0;
            Trap? inner = Call(endless ? guests.Loop : guests.Answer, &state, never);
            Expect(inner is null ? !endless : inner.Kind == TrapKind.Interrupted, "the inner guest came to something else");
            running--;
            return default;
        });
        CallLoopGuest.Calls calls = new() { Function = function.Address };
        PlannedCancel plan = cancels.Plan(source, Spins());
        ExpectInterrupted(Call(guests.CallLoop, &calls, source.Token), plan);
        Expect(running == 0, "a host function did not finish");
    }

    private void NestedInnerCancelled()
    {
        Doing("nested guests, inner cancelled");
        using HostFunction function = HostFunction.Create(s_oneWord, (ref HostCallContext _) =>
        {
            EndlessLoop();
            return default;
        });
        CallLoopGuest.Calls calls = new() { Function = function.Address, Left = 2 };
        Expect(Call(guests.CallLoop, &calls, never) is null && calls.Done == 2, "the outer guest ended with its inner one");
    }

    private void TrapsUntilCancelled()
    {
        Doing("traps");
        using CancellationTokenSource source = new();
        PlannedCancel plan = cancels.Plan(source, Spins());
        Trap? trap;
        do
        {
            trap = Call(guests.Read, null, source.Token);
            Expect(trap is { Kind: TrapKind.Hardware or TrapKind.Interrupted }, "a trap came to something else");
        }
        while (trap is not { Kind: TrapKind.Interrupted });

        ExpectInterrupted(trap, plan);
    }

    private void ShortCallsUntilCancelled()
    {
        Doing("short calls until cancelled");
        using CancellationTokenSource source = new();
        PlannedCancel plan = cancels.Plan(source, Spins());
        long state = 0;
        Trap? trap;
        do
        {
            trap = Call(guests.Answer, &state, source.Token);
        }
        while (trap is null);

        ExpectInterrupted(trap, plan);
    }

    private void ExpectInterrupted(Trap? trap, PlannedCancel plan)
    {
        long now = Stopwatch.GetTimestamp();
        long began = plan.Began;
        Expect(trap is { Kind: TrapKind.Interrupted, Code: TrapCode.HostInterrupt }, $"a cancelled call came to {trap?.ToString() ?? "its end"}");
        Expect(began != 0, "a call ended that nobody had cancelled");
        if (began != 0)
        {
            Latencies.Add(Stopwatch.GetElapsedTime(began, now));
        }

        plan.Join();
    }

    private Trap? Call(GuestCode code, void* state, CancellationToken token)
    {
        Calls++;
        return GuestCall.CatchTraps((delegate* unmanaged<void*, void>)code.Start, state, cancellationToken: token).Trap;
    }

    private int Spins() => _random.Next(MostSpins);

    private void Doing(string what) => Volatile.Write(ref _doing, what);

    private void Expect(bool holds, string wrong)
    {
        if (!holds)
        {
            Wrong.Add($"{_doing}: {wrong}");
        }
    }
}
