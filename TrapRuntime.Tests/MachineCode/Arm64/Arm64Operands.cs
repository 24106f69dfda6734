using TrapRuntime.MachineCode.Arm64;

namespace TrapRuntime.Tests.MachineCode.Arm64;

/// <summary>The operands that every instruction form is tried with, and their names in a disassembly.</summary>
internal static class Arm64Operands
{
    private static readonly RegX[] s_plain = [.. Enum.GetValues<RegX>().Where(register => register < RegX.Sp)];

    /// <summary>Gets what fits where 31 means the zero register.</summary>
    internal static IReadOnlyList<RegX> Values { get; } = [.. s_plain, RegX.Zero];

    /// <summary>Gets what fits where 31 means the stack pointer.</summary>
    internal static IReadOnlyList<RegX> Bases { get; } = [.. s_plain, RegX.Sp];

    internal static IReadOnlyList<RegD> Vectors { get; } = Enum.GetValues<RegD>();

    internal static IReadOnlyList<(Condition Condition, string Name)> Conditions { get; } =
    [
        (Condition.Equal, "eq"), (Condition.NotEqual, "ne"), (Condition.AboveOrEqual, "hs"), (Condition.Below, "lo"),
        (Condition.Sign, "mi"), (Condition.NoSign, "pl"), (Condition.Overflow, "vs"), (Condition.NoOverflow, "vc"),
        (Condition.Above, "hi"), (Condition.BelowOrEqual, "ls"), (Condition.GreaterOrEqual, "ge"), (Condition.Less, "lt"),
        (Condition.Greater, "gt"), (Condition.LessOrEqual, "le"),
    ];

    internal static string Name(RegX register) => register switch
    {
        RegX.Sp => "sp",
        RegX.Zero => "xzr",
        _ => $"x{(int)register}",
    };

    internal static string Name(RegD register) => $"d{(int)register}";

    internal static string Memory(RegX at, int offset) => offset == 0 ? $"[{Name(at)}]" : $"[{Name(at)}, #{offset}]";
}
