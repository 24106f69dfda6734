using TrapRuntime.AotSmoke.Coexistence;
using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Storms;

/// <summary>What guests do by themselves.</summary>
internal static unsafe class GuestEvents
{
    private const int SmallestStackKib = 64;
    private const int LargestStackKib = 512;
    private const int BytesPerKib = 1024;
    private const int LongestWaitMicroseconds = 2000;

    private static readonly GuestCode s_return = ReturnGuest.Emit();
    private static readonly GuestCode s_loop = LoopGuest.Emit();

    internal static string? Return()
    {
        long state = 0;
        TrapResult result = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)s_return.Start, &state);
        return result.IsTrap || Volatile.Read(ref state) != ReturnGuest.Answer
            ? $"a plain guest ended in {result.Trap?.ToString() ?? "another answer"}"
            : null;
    }

    internal static string? RecurseOnAnyStack(StormWorker worker) =>
        GuestFaults.All[^1].Run(worker.Random.Next(SmallestStackKib, LargestStackKib) * BytesPerKib);

    /// <summary>The token fires for certain while the guest loops.</summary>
    internal static string? Interrupt()
    {
        using CancellationTokenSource source = new();
        source.CancelAfter(1);
        long started = 0;
        Trap? trap = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)s_loop.Start, &started, cancellationToken: source.Token).Trap;
        return trap?.Kind == TrapKind.Interrupted ? null : $"an interrupted guest ended in {trap?.ToString() ?? "a return"}";
    }

    /// <summary>The token may fire before, while or after the guest runs.</summary>
    internal static string? CancelAtAnyTime(StormWorker worker)
    {
        using CancellationTokenSource source = new();
        source.CancelAfter(TimeSpan.FromMicroseconds(worker.Random.Next(LongestWaitMicroseconds)));
        while (!source.IsCancellationRequested)
        {
            long state = 0;
            Trap? trap = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)s_return.Start, &state, cancellationToken: source.Token).Trap;
            if (trap is not null && trap.Kind != TrapKind.Interrupted)
            {
                return $"a cancelled guest ended in {trap}";
            }
        }

        return Return();
    }
}
