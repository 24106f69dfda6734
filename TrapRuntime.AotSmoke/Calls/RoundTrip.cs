using TrapRuntime.MachineCode;

namespace TrapRuntime.AotSmoke.Calls;

/// <summary>Sends values of one signature from the host through a guest to a host function, and its result back, and compares every bit.</summary>
internal sealed unsafe class RoundTrip : IDisposable
{
    /// <summary>The host function runs this near to the frames that entered the guest.</summary>
    private const ulong Nearby = 64 * 1024;

    private readonly GuestSignature _signature;
    private readonly ArgumentRecord _record;
    private readonly GuestCode _guest;
    private readonly CodeBuffer _target;
    private readonly HostFunction _managed;
    private readonly HostFunction _unmanaged;
    private readonly GuestFunction _function;
    private readonly ulong[] _bits;
    private readonly ulong[] _seen;
    private readonly ulong[] _received;
    private readonly GuestValue[] _arguments;
    private GuestValue _result;

    internal RoundTrip(GuestSignature signature)
    {
        _signature = signature;
        _record = new ArgumentRecord(signature.Parameters);
        _guest = GuestCode.Emit(PassOnGuest.Write(signature, _record));
        _target = CodeBuffer.TryCreate(RecordingTarget.Write(_record))!;
        _managed = HostFunction.Create(signature, Record);
        _unmanaged = HostFunction.FromUnmanaged(_target.Start, signature);
        _function = new GuestFunction(_guest.Start, signature);
        _bits = new ulong[signature.Parameters.Length];
        _seen = new ulong[signature.Parameters.Length];
        _received = new ulong[signature.Parameters.Length];
        _arguments = new GuestValue[signature.Parameters.Length];
    }

    /// <summary>Sends a number of random sets of values, each to a managed and to an unmanaged host function.</summary>
    internal void Check(RandomBits random, int sets)
    {
        for (int i = 0; i < sets; i++)
        {
            for (int parameter = 0; parameter < _bits.Length; parameter++)
            {
                _bits[parameter] = RandomValues.Bits(random, _signature.Parameters[parameter]);
                _arguments[parameter] = RandomValues.ToValue(_signature.Parameters[parameter], _bits[parameter]);
            }

            ulong result = RandomValues.Bits(random, _signature.Result ?? GuestValueKind.Int64);
            _result = RandomValues.ToValue(_signature.Result ?? GuestValueKind.Int64, result);
            _record[ArgumentRecord.Result] = result;

            _record.Clear();
            Array.Clear(_received);
            Send(_managed, result);
            RequireBits(_received, "the managed host function");

            _record.Clear();
            Send(_unmanaged, result);
            RequireWords(_record.Target, "the unmanaged host function");
            ulong here = (ulong)&i;
            Require.True(here - _record[ArgumentRecord.TargetStack] < Nearby, "the host function ran on the host stack");
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _managed.Dispose();
        _unmanaged.Dispose();
        _guest.Dispose();
        _target.Dispose();
        _record.Dispose();
    }

    private GuestValue Record(ref HostCallContext call)
    {
        for (int i = 0; i < call.Arguments.Length; i++)
        {
            _received[i] = RandomValues.ToBits(call.Arguments[i]);
        }

        return _result;
    }

    private void Send(HostFunction host, ulong expected)
    {
        _record[ArgumentRecord.HostFunction] = (ulong)host.Address;
        Require.Returned(_function.Invoke(_arguments, out GuestValue result));
        RequireWords(_record.Guest, "the guest");
        if (_signature.Result is GuestValueKind kind)
        {
            Require.Equal(kind, result.Kind);
            Require.Equal(expected, RandomValues.ToBits(result));
        }
        else
        {
            Require.Equal(default, result);
        }
    }

    // The upper half of a 32-bit value is nobody's.
    private void RequireWords(ReadOnlySpan<ulong> words, string who)
    {
        for (int i = 0; i < _seen.Length; i++)
        {
            ulong word = words[_record.Places[i]];
            _seen[i] = _signature.Parameters[i] is GuestValueKind.Int32 or GuestValueKind.Float32 ? (uint)word : word;
        }

        RequireBits(_seen, who);
    }

    private void RequireBits(ReadOnlySpan<ulong> actual, string who)
    {
        for (int i = 0; i < _bits.Length; i++)
        {
            if (actual[i] != _bits[i])
            {
                throw new CheckFailedException($"{who} of {_signature} got 0x{actual[i]:x}, not 0x{_bits[i]:x}, as argument {i}");
            }
        }
    }
}
