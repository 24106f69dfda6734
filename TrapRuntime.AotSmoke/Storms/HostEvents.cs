using TrapRuntime.AotSmoke.Coexistence;
using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Storms;

/// <summary>What guests do by way of the host.</summary>
internal static class HostEvents
{
    private const int Depth = 50;

    internal static string? Return(StormWorker worker)
    {
        long number = worker.Random.Next();
        Trap? trap = HostCaller.Call(static (ref call) => GuestValue.FromInt64(-call.Arguments[0].AsInt64()), number, out long result);
        return trap is null && result == -number ? null : $"a host function came to {trap?.ToString() ?? "another number"}";
    }

    internal static string? RaiseTrap()
    {
        Trap? trap = HostCaller.Call(static (ref call) => call.Trap(TrapCode.BadSignature), 0, out _);
        return trap is { Kind: TrapKind.Library, Code: TrapCode.BadSignature } ? null : $"a library trap came to {trap?.ToString() ?? "a return"}";
    }

    /// <summary>Out of a catch block, past a nested trap.</summary>
    internal static string? Throw(StormWorker worker)
    {
        InvalidOperationException thrown = new("through the guest");
        try
        {
            Trap? trap = HostCaller.Call(
                (ref call) =>
                {
                    try
                    {
                        _ = ManagedFaults.NullReference(1);
                    }
                    catch (NullReferenceException) when (AnyFault(worker) is null)
                    {
                        throw thrown;
                    }

                    return default;
                },
                0,
                out _);
            return $"an exception came to {trap?.ToString() ?? "a return"}";
        }
        catch (InvalidOperationException caught)
        {
            return ReferenceEquals(caught, thrown) ? null : $"another exception arrived: {caught}";
        }
    }

    internal static string? Deep(StormWorker worker)
    {
        string? wrong = null;
        Descend(Depth, () => wrong = AnyFault(worker) ?? ManagedEvents.Faults(1));
        return wrong;
    }

    /// <summary>Any hardware trap.</summary>
    internal static string? AnyFault(StormWorker worker) => GuestFaults.All[worker.Random.Next(GuestFaults.All.Count)].Run();

    private static void Descend(int depth, Action bottom)
    {
        Trap? trap = HostCaller.Call(
            (ref call) =>
            {
                if (depth == 1)
                {
                    bottom();
                }
                else
                {
                    Descend(depth - 1, bottom);
                }

                return GuestValue.FromInt64(0);
            },
            0,
            out _);
        if (trap is not null)
        {
            throw new TrapException(trap);
        }
    }
}
