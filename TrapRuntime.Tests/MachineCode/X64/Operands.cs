using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.Tests.MachineCode.X64;

/// <summary>The operands that every instruction form is tried with, and their names in a disassembly.</summary>
internal static class Operands
{
    private static readonly string[] s_names64 =
        ["rax", "rcx", "rdx", "rbx", "rsp", "rbp", "rsi", "rdi", "r8", "r9", "r10", "r11", "r12", "r13", "r14", "r15"];

    private static readonly string[] s_names32 =
        ["eax", "ecx", "edx", "ebx", "esp", "ebp", "esi", "edi", "r8d", "r9d", "r10d", "r11d", "r12d", "r13d", "r14d", "r15d"];

    private static readonly string[] s_names8 =
        ["al", "cl", "dl", "bl", "spl", "bpl", "sil", "dil", "r8b", "r9b", "r10b", "r11b", "r12b", "r13b", "r14b", "r15b"];

    internal static IReadOnlyList<Reg64> Registers { get; } = Enum.GetValues<Reg64>();

    internal static IReadOnlyList<Reg64> Indexes { get; } = [.. Registers.Where(register => register != Reg64.Rsp)];

    internal static IReadOnlyList<Xmm> Vectors { get; } = Enum.GetValues<Xmm>();

    internal static IReadOnlyList<int> Scales { get; } = [1, 2, 4, 8];

    internal static IReadOnlyList<int> Offsets { get; } = [0, 8, -8, 127, 128, -128, -129, 0x12345, int.MinValue, int.MaxValue];

    internal static IReadOnlyList<int> Immediates { get; } =
        [0, 1, -1, 127, 128, -128, -129, 0x12345678, int.MinValue, int.MaxValue];

    internal static IReadOnlyList<(Condition Condition, string Name)> Conditions { get; } =
    [
        (Condition.Overflow, "o"), (Condition.NoOverflow, "no"), (Condition.Below, "b"), (Condition.AboveOrEqual, "ae"),
        (Condition.Equal, "e"), (Condition.NotEqual, "ne"), (Condition.BelowOrEqual, "be"), (Condition.Above, "a"),
        (Condition.Sign, "s"), (Condition.NoSign, "ns"), (Condition.EvenParity, "p"), (Condition.OddParity, "np"),
        (Condition.Less, "l"), (Condition.GreaterOrEqual, "ge"), (Condition.LessOrEqual, "le"), (Condition.Greater, "g"),
    ];

    internal static string Name(Reg64 register) => s_names64[(int)register];

    internal static string Name32(Reg64 register) => s_names32[(int)register];

    internal static string Name8(Reg64 register) => s_names8[(int)register];

    internal static string Name(Xmm vector) => $"xmm{(int)vector}";

    internal static string Memory(Reg64 at, int offset) => $"[{Name(at)}{Signed(offset)}]";

    internal static string Memory(Reg64 at, Reg64 index, int scale, int offset) =>
        $"[{Name(at)}+{Name(index)}{(scale == 1 ? "" : $"*{scale}")}{Signed(offset)}]";

    private static string Signed(int offset) => offset == 0 ? "" : $"{offset:+0;-0}";
}
