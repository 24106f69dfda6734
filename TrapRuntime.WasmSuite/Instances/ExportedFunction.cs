using System.Runtime.InteropServices;
using TrapRuntime.WasmSuite.Modules;

namespace TrapRuntime.WasmSuite.Instances;

/// <summary>
/// Calls an exported function on a guest stack: with its own parameters where every value fits a register of its own, through words in
/// memory where there are references or several results.
/// </summary>
internal sealed unsafe class ExportedFunction(FunctionType type, nint address, nint instance)
{
    private const GuestValueKind Address = GuestValueKind.Int64;

    private readonly GuestFunction _function = new(address, type.IsPlain
        ? GuestSignature.Create([Address, .. type.Parameters.Select(parameter => parameter.Kind())], type.Results.Count == 0 ? null : type.Results[0].Kind())
        : GuestSignature.Create([Address, Address, Address]));

    /// <summary>Calls the function.</summary>
    internal CallOutcome Call(IReadOnlyList<ulong> arguments, CancellationToken limit) =>
        type.IsPlain ? CallPlainly(arguments, limit) : CallThroughWords(arguments, limit);

    private CallOutcome CallPlainly(IReadOnlyList<ulong> arguments, CancellationToken limit)
    {
        GuestValue[] values = [GuestValue.FromInt64(instance), .. arguments.Select((bits, index) => ToGuest(type.Parameters[index], bits))];
        TrapResult ended = _function.Invoke(values, out GuestValue result, cancellationToken: limit);
        return new CallOutcome(ended.Trap, ended.IsTrap || type.Results.Count == 0 ? [] : [new WasmValue(type.Results[0], FromGuest(result))]);
    }

    private CallOutcome CallThroughWords(IReadOnlyList<ulong> arguments, CancellationToken limit)
    {
        ulong* words = (ulong*)NativeMemory.AllocZeroed((nuint)(arguments.Count + type.Results.Count + 1), sizeof(ulong));
        try
        {
            for (int i = 0; i < arguments.Count; i++)
            {
                words[i] = arguments[i];
            }

            ulong* results = words + arguments.Count;
            GuestValue[] values = [GuestValue.FromInt64(instance), GuestValue.FromInt64((long)words), GuestValue.FromInt64((long)results)];
            TrapResult ended = _function.Invoke(values, out _, cancellationToken: limit);
            WasmValue[] given = new WasmValue[ended.IsTrap ? 0 : type.Results.Count];
            for (int i = 0; i < given.Length; i++)
            {
                given[i] = new WasmValue(type.Results[i], results[i]);
            }

            return new CallOutcome(ended.Trap, given);
        }
        finally
        {
            NativeMemory.Free(words);
        }
    }

    private static GuestValue ToGuest(WasmType type, ulong bits) => type switch
    {
        WasmType.I32 => GuestValue.FromInt32((int)bits),
        WasmType.I64 => GuestValue.FromInt64((long)bits),
        WasmType.F32 => GuestValue.FromFloat32(BitConverter.UInt32BitsToSingle((uint)bits)),
        _ => GuestValue.FromFloat64(BitConverter.UInt64BitsToDouble(bits)),
    };

    private static ulong FromGuest(GuestValue value) => value.Kind switch
    {
        GuestValueKind.Int32 => (uint)value.AsInt32(),
        GuestValueKind.Int64 => (ulong)value.AsInt64(),
        GuestValueKind.Float32 => BitConverter.SingleToUInt32Bits(value.AsFloat32()),
        _ => BitConverter.DoubleToUInt64Bits(value.AsFloat64()),
    };
}
