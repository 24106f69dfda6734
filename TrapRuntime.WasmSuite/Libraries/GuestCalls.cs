namespace TrapRuntime.WasmSuite.Libraries;

/// <summary>Calls of native functions in which a trap is not expected.</summary>
internal static class GuestCalls
{
    /// <summary>Calls a function.</summary>
    /// <exception cref="TrapException">It trapped.</exception>
    internal static GuestValue Call(this GuestFunction function, params ReadOnlySpan<GuestValue> arguments)
    {
        function.Invoke(arguments, out GuestValue result, GuestLibrary.Config).ThrowIfTrap();
        return result;
    }

    /// <summary>Wraps an address.</summary>
    internal static unsafe GuestValue Pointer(void* address) => GuestValue.FromInt64((long)address);

    /// <summary>Wraps an address.</summary>
    internal static GuestValue Pointer(nint address) => GuestValue.FromInt64(address);

    /// <summary>Wraps a number.</summary>
    internal static GuestValue Number(int number) => GuestValue.FromInt32(number);
}
