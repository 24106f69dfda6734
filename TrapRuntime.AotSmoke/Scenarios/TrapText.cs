using System.Globalization;
using TrapRuntime.Platforms;

namespace TrapRuntime.AotSmoke.Scenarios;

/// <summary>Says in one line what a guest call came to, so that rows can be compared as text.</summary>
internal static unsafe class TrapText
{
    /// <summary>What a call that ends without a trap comes to.</summary>
    internal const string Returned = "returned";

    /// <summary>Runs a guest and says what it came to.</summary>
    internal static string Call(
        GuestCode code,
        void* argument,
        VMConfig? config = null,
        TrapHandlerFn handler = default,
        CancellationToken cancellationToken = default)
    {
        TrapResult result = GuestCall.CatchTraps(
            (delegate* unmanaged<void*, void>)code.Start, argument, config, handler, cancellationToken);
        return result.Trap is Trap trap ? Of(trap) : Returned;
    }

    /// <summary>As <see cref="Call"/>, for guests whose argument is a number or an address.</summary>
    internal static string CallWith(GuestCode code, nuint argument, VMConfig? config = null) => Call(code, (void*)argument, config);

    /// <summary>Says what a trap is: kind, code, signal, address, innermost function.</summary>
    internal static string Of(Trap trap) =>
        $"{Summary(trap)}, at {(trap.Frames.Count == 0 ? "no frame" : Place(trap.Frames[0]))}";

    /// <summary>Says what a trap is, but not where.</summary>
    internal static string Summary(Trap trap)
    {
        string text = $"{trap.Kind} {trap.Code}";
        if (trap.Signal != 0)
        {
            text += string.Create(CultureInfo.InvariantCulture, $", {PlatformFaults.NameOf(trap.Signal)} {trap.SignalCode}");
        }

        return trap.FaultAddress is nuint address ? $"{text}, {trap.Access} 0x{address:x}" : text;
    }

    private static string Place(in TrapFrame frame) => frame.FunctionName ?? frame.CodeName ?? $"0x{frame.ProgramCounter:x}";
}
