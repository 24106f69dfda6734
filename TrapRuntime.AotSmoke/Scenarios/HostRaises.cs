using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Scenarios;

/// <summary>Host functions that end their guest: with a code, with an error, with an exception.</summary>
internal sealed class HostRaises : IScenario
{
    private static readonly Exception s_error = new TimeoutException("the host gives up");

    /// <inheritdoc/>
    public IEnumerable<ScenarioCase> Cases =>
    [
        new("return call.Trap(code)", "Library BadSignature, at call_with", static () => Call(static (ref call) => call.Trap(TrapCode.BadSignature))),
        new("return call.Trap(error)", "User None with the error, at call_with", static () => Call(static (ref call) => call.Trap(s_error))),
        new("RaiseLibTrap", "Library TableAccessOutOfBounds, at call_with", static () => Call(RaiseCode)),
        new("RaiseUserTrap", "User None with the error, at call_with", static () => Call(RaiseError)),
        new("ResumePanic", "TimeoutException, the same object", static () => Call(Resume)),
        new("exception out of a host function", "TimeoutException, the same object", static () => Call(static (ref _) => throw s_error)),
        new("null reference out of a host function", "NullReferenceException", static () => Call(DereferenceNull)),
        new("token cancelled by a host function", "Interrupted HostInterrupt", CancelInside),
    ];

    private static string Call(HostCallback callback)
    {
        try
        {
            return HostCaller.Call(callback, 0, out _) is Trap trap ? Describe(trap) : TrapText.Returned;
        }
        catch (TimeoutException carried)
        {
            return $"{carried.GetType().Name}, {(ReferenceEquals(carried, s_error) ? "the same object" : "another object")}";
        }
        catch (NullReferenceException fault)
        {
            return fault.GetType().Name;
        }
    }

    private static string Describe(Trap trap)
    {
        string error = trap.UserError is null ? "" : ReferenceEquals(trap.UserError, s_error) ? " with the error" : " with another error";
        string place = trap.Frames.Count == 0 ? "no frame" : trap.Frames[0].FunctionName ?? "no name";
        return $"{TrapText.Summary(trap)}{error}, at {place}";
    }

    private static GuestValue RaiseCode(ref HostCallContext call)
    {
        HostCall.RaiseLibTrap(TrapCode.TableAccessOutOfBounds);
        return default;
    }

    private static GuestValue RaiseError(ref HostCallContext call)
    {
        HostCall.RaiseUserTrap(s_error);
        return default;
    }

    private static GuestValue Resume(ref HostCallContext call)
    {
        HostCall.ResumePanic(s_error);
        return default;
    }

    private static GuestValue DereferenceNull(ref HostCallContext call)
    {
        string? nothing = call.Arguments.IsEmpty ? "" : null;
        return GuestValue.FromInt64(nothing!.Length);
    }

    private static string CancelInside()
    {
        using CancellationTokenSource source = new();
        Trap? trap = HostCaller.Call(
            (ref _) =>
            {
                source.Cancel();
                return GuestValue.FromInt64(0);
            },
            0,
            out _,
            source.Token);
        return trap is null ? TrapText.Returned : TrapText.Summary(trap);
    }
}
