namespace TrapRuntime.MachineCode.Arm64;

/// <summary>Branches, the system and instructions that fault on purpose.</summary>
internal sealed partial class Arm64Emitter
{
    /// <summary><c>b label</c>: reaches 128 MiB.</summary>
    internal void Jump(CodeLabel label) => Branch(0b0_00101_00000000000000000000000000, label);

    /// <summary><c>bl label</c>: reaches 128 MiB.</summary>
    internal void Call(CodeLabel label) => Branch(0b1_00101_00000000000000000000000000, label);

    /// <summary><c>b.cond label</c>: reaches 1 MiB.</summary>
    internal void JumpIf(Condition condition, CodeLabel label) =>
        Branch(0b0101010_0_0000000000000000000_0_0000 | Number(condition), label);

    /// <summary><c>cbz xt, label</c>: reaches 1 MiB.</summary>
    internal void JumpIfZero(RegX value, CodeLabel label) =>
        Branch(0b1_011010_0_0000000000000000000_00000 | Number(value), label);

    /// <summary><c>cbnz xt, label</c>: reaches 1 MiB.</summary>
    internal void JumpIfNotZero(RegX value, CodeLabel label) =>
        Branch(0b1_011010_1_0000000000000000000_00000 | Number(value), label);

    /// <summary><c>adr xd, label</c>: reaches 1 MiB.</summary>
    internal void AddressOf(RegX target, CodeLabel label) =>
        Branch(0b0_00_10000_0000000000000000000_00000 | Number(target), label);

    /// <summary><c>br xn</c>.</summary>
    internal void Jump(RegX to) => WriteUInt32(0b1101011_0000_11111_000000_00000_00000 | (Number(to) << 5));

    /// <summary><c>blr xn</c>.</summary>
    internal void Call(RegX to) => WriteUInt32(0b1101011_0001_11111_000000_00000_00000 | (Number(to) << 5));

    /// <summary><c>ret xn</c>, x30 by convention.</summary>
    internal void Return(RegX to = RegX.X30) => WriteUInt32(0b1101011_0010_11111_000000_00000_00000 | (Number(to) << 5));

    /// <summary><c>mrs xt, fpcr</c>.</summary>
    internal void ReadFloatingPointControl(RegX target) =>
        WriteUInt32(0b1101010100_1_11_011_0100_0100_000_00000 | Number(target));

    /// <summary><c>msr fpcr, xt</c>.</summary>
    internal void WriteFloatingPointControl(RegX value) =>
        WriteUInt32(0b1101010100_0_11_011_0100_0100_000_00000 | Number(value));

    /// <summary><c>svc #imm16</c>.</summary>
    internal void SystemCall(ushort immediate = 0) =>
        WriteUInt32(0b11010100_000_0000000000000000_000_01 | ((uint)immediate << 5));

    /// <summary><c>udf #imm16</c>: the illegal-instruction fault with a payload.</summary>
    internal void UndefinedWithPayload(ushort payload) => WriteUInt32(payload);

    private void Branch(uint word, CodeLabel label)
    {
        Refer(label);
        WriteUInt32(word);
    }
}
