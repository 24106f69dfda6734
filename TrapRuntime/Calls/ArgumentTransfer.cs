using TrapRuntime.MachineCode;

namespace TrapRuntime.Calls;

/// <summary>Moves values between spans and the places of a calling convention.</summary>
internal static unsafe class ArgumentTransfer
{
    /// <summary>Puts arguments where a call expects them.</summary>
    /// <safety>The registers' stack arguments have room for the signature's stack words.</safety>
    internal static void Store(GuestSignature signature, ReadOnlySpan<GuestValue> arguments, CallRegisters* registers)
    {
        ArgumentPlace[] places = signature.Places;
        for (int i = 0; i < places.Length; i++)
        {
            *PlaceOf(places[i], registers) = arguments[i].Bits;
        }
    }

    /// <summary>Takes arguments from where a call put them.</summary>
    /// <safety>The registers were spilled by a call of this signature.</safety>
    internal static void Load(GuestSignature signature, CallRegisters* registers, Span<GuestValue> arguments)
    {
        ArgumentPlace[] places = signature.Places;
        ReadOnlySpan<GuestValueKind> kinds = signature.Parameters;
        for (int i = 0; i < places.Length; i++)
        {
            arguments[i] = GuestValue.FromBits(kinds[i], *PlaceOf(places[i], registers));
        }
    }

    /// <summary>Takes a result from where a call left it; the default value for a function without one.</summary>
    internal static GuestValue LoadResult(GuestSignature signature, CallRegisters* registers) => signature.Result switch
    {
        null => default,
        GuestValueKind.Float32 or GuestValueKind.Float64 => GuestValue.FromBits(signature.Result.Value, registers->VectorResult),
        _ => GuestValue.FromBits(signature.Result.Value, registers->GeneralResult),
    };

    private static ulong* PlaceOf(ArgumentPlace place, CallRegisters* registers) => place.Storage switch
    {
        ArgumentStorage.General => registers->General + place.Index,
        ArgumentStorage.Vector => registers->Vector + place.Index,
        _ => registers->StackArguments + place.Index,
    };
}
