namespace TrapRuntime.AotSmoke.Calls;

/// <summary>A guest that calls a host function that calls the guest, to any depth; on the way back each level checks what it got.</summary>
internal sealed class Nest : IDisposable
{
    internal const TrapCode Code = TrapCode.IndirectCallToNull;

    private const long Factor = 7;

    private readonly HostFunction _level;
    private readonly HostFunction _bottom;
    private Ending? _ending;
    private Action? _cancel;
    private long _depth;

    internal Nest()
    {
        _level = HostFunction.Create(CallGuests.One, (ref HostCallContext call) => GuestValue.FromInt64(Enter(call.Arguments[0].AsInt64())));
        _bottom = HostFunction.Create(CallGuests.One, End);
    }

    /// <summary>Gets the error that ends guests.</summary>
    internal static InvalidTimeZoneException Error { get; } = new("from the bottom");

    /// <summary>Gets the guests.</summary>
    internal CallGuests Guests { get; } = new();

    /// <summary>Gets the address of the host function that ends the innermost guest as its argument says.</summary>
    internal nint Bottom => _bottom.Address;

    /// <summary>Gets or sets what happens in the innermost host function.</summary>
    internal Action? AtTheBottom { get; set; }

    /// <summary>Gets or sets what happens in each host function, before and after it calls the guest.</summary>
    internal Action<int>? AtEachLevel { get; set; }

    /// <summary>Gets or sets what happens in each host function after it called the guest.</summary>
    internal Action<int>? OnTheWayBack { get; set; }

    /// <summary>Nests guests and ends the innermost.</summary>
    internal void Run(int depth, Ending ending)
    {
        _depth = depth;
        _ending = ending;
        Require.Equal(0, Enter(0));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _level.Dispose();
        _bottom.Dispose();
        Guests.Dispose();
    }

    private long Enter(long level)
    {
        AtEachLevel?.Invoke((int)level);
        if (level + 1 == _depth)
        {
            EnterInnermost();
        }
        else
        {
            Require.Returned(Guests.Call(_level.Address, level + 1, out long value));
            Require.Equal((level + 1) * Factor, value);
        }

        AtEachLevel?.Invoke((int)level);
        OnTheWayBack?.Invoke((int)level);
        return level * Factor;
    }

    private void EnterInnermost()
    {
        using CancellationTokenSource source = new();
        _cancel = source.Cancel;
        TrapResult result = default;
        Exception? error = null;
        try
        {
            CancellationToken token = _ending!.Argument == Ending.CancelOwnToken ? source.Token : default;
            result = Guests.Call(_ending.FunctionOf(this), _ending.Argument, out _, token);
        }
        catch (Exception thrown)
        {
            error = thrown;
        }

        _ending!.Judge(result, error);
    }

    private GuestValue End(ref HostCallContext call)
    {
        AtTheBottom?.Invoke();
        switch (call.Arguments[0].AsInt64())
        {
            case Ending.Throw:
                throw Error;
            case Ending.RaiseCode:
                HostCall.RaiseLibTrap(Code);
                break;
            case Ending.RaiseError:
                HostCall.RaiseUserTrap(Error);
                break;
            case Ending.ReturnCode:
                return call.Trap(Code);
            case Ending.ReturnError:
                return call.Trap(Error);
            case Ending.CancelOwnToken:
                _cancel!();
                break;
        }

        return GuestValue.FromInt64(0);
    }
}
