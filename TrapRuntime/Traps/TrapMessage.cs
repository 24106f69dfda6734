using System.Globalization;
using TrapRuntime.Platforms;

namespace TrapRuntime.Traps;

/// <summary>The texts of traps. The first words are the WebAssembly specification's, whose test suite compares them.</summary>
/// <remarks>Wasmer: <c>TrapCode::message</c>.</remarks>
internal static class TrapMessage
{
    /// <summary>Gives the specification's words for a code; our own where it has none.</summary>
    internal static string WordsOf(TrapCode code) => code switch
    {
        TrapCode.StackOverflow => "call stack exhausted",
        TrapCode.HeapAccessOutOfBounds => "out of bounds memory access",
        TrapCode.HeapMisaligned => "misaligned memory access",
        TrapCode.TableAccessOutOfBounds => "undefined element: out of bounds table access",
        TrapCode.IndirectCallToNull => "uninitialized element",
        TrapCode.BadSignature => "indirect call type mismatch",
        TrapCode.IntegerOverflow => "integer overflow",
        TrapCode.IntegerDivisionByZero => "integer divide by zero",
        TrapCode.BadConversionToInteger => "invalid conversion to integer",
        TrapCode.UnreachableCodeReached => "unreachable",
        TrapCode.UnalignedAtomic => "unaligned atomic",
        TrapCode.UncaughtException => "uncaught exception",
        TrapCode.HostInterrupt => "interrupted by the host",
        _ => "unclassified",
    };

    /// <summary>Gives a trap's message.</summary>
    internal static string Describe(Trap trap, TrapDetail? detail)
    {
        if (trap.UserError is not null)
        {
            return trap.UserError.Message;
        }

        if (trap.Kind is TrapKind.OutOfMemory)
        {
            return $"out of memory: {detail?.MissingWhat}";
        }

        string words = WordsOf(trap.Code);
        return trap.Code switch
        {
            TrapCode.None when trap.Kind is TrapKind.Hardware => DescribeUnclassified(trap),
            TrapCode.None => "unclassified trap",
            TrapCode.StackOverflow when detail is { StackSize: not 0 } => string.Create(
                CultureInfo.InvariantCulture,
                $"{words}: the guest used up its stack of {detail.StackSize} bytes; to give it more, raise VMConfig.StackSize"),
            TrapCode.HeapAccessOutOfBounds when detail?.Memory is { } hit => string.Create(
                CultureInfo.InvariantCulture,
                $"{words}: offset 0x{hit.Offset:x}, memory length 0x{hit.Length:x}"),
            _ => words,
        };
    }

    /// <summary>Gives a frame as back-traces show it: <c>name+0x1c (module)</c>, or as much of it as is known.</summary>
    internal static string Describe(in TrapFrame frame) => frame switch
    {
        { FunctionName: not null, CodeName: not null } => $"{frame.FunctionName}+0x{frame.FunctionOffset:x} ({frame.CodeName})",
        { FunctionName: not null } => $"{frame.FunctionName}+0x{frame.FunctionOffset:x}",
        { CodeName: not null } => $"0x{frame.ProgramCounter:x} ({frame.CodeName}+0x{frame.FunctionOffset:x})",
        _ => $"0x{frame.ProgramCounter:x}",
    };

    private static string DescribeUnclassified(Trap trap)
    {
        string address = trap.FaultAddress is { } fault ? $", address 0x{fault:x} ({AccessWord(trap.Access)})" : string.Empty;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"unclassified fault: signal {trap.Signal} ({PlatformFaults.NameOf(trap.Signal)}), code {trap.SignalCode}, at 0x{trap.ProgramCounter:x}{address}");
    }

    private static string AccessWord(FaultAccess access) => access switch
    {
        FaultAccess.Read => "read",
        FaultAccess.Write => "write",
        FaultAccess.Execute => "execute",
        _ => "access",
    };
}
