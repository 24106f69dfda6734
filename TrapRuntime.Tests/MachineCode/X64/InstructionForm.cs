using FluentAssertions;
using TrapRuntime.MachineCode.X64;
using TrapRuntime.Tests.Support;

namespace TrapRuntime.Tests.MachineCode.X64;

/// <summary>Tries an emitter method over many operands and compares what an independent decoder reads.</summary>
internal static class InstructionForm
{
    /// <summary>Compares one instruction.</summary>
    internal static void ShouldRead(Action<X64Emitter> emit, string expected) => ShouldRead([(emit, expected)]);

    /// <summary>Compares the instruction for every general register.</summary>
    internal static void ForRegisters(Func<Reg64, (Action<X64Emitter> Emit, string Expected)> form) =>
        ShouldRead(Operands.Registers.Select(form));

    /// <summary>Compares the instruction for every pair of general registers.</summary>
    internal static void ForPairs(Func<Reg64, Reg64, (Action<X64Emitter> Emit, string Expected)> form) =>
        ShouldRead(
            from first in Operands.Registers
            from second in Operands.Registers
            select form(first, second));

    /// <summary>Compares the instruction for every general register with constants of every encoded length.</summary>
    internal static void ForImmediates(Func<Reg64, int, (Action<X64Emitter> Emit, string Expected)> form) =>
        ShouldRead(
            from register in Operands.Registers
            from immediate in Operands.Immediates
            select form(register, immediate));

    /// <summary>Compares the instruction for every base register and offsets of every encoded length.</summary>
    internal static void ForMemory(Func<Reg64, int, (Action<X64Emitter> Emit, string Expected)> form) =>
        ShouldRead(
            from at in Operands.Registers
            from offset in Operands.Offsets
            select form(at, offset));

    /// <summary>As <see cref="ForMemory(Func{Reg64, int, ValueTuple{Action{X64Emitter}, string}})"/>, with every register.</summary>
    internal static void ForMemory(Func<Reg64, Reg64, int, (Action<X64Emitter> Emit, string Expected)> form) =>
        ShouldRead(
            from register in Operands.Registers
            from at in Operands.Registers
            from offset in Operands.Offsets
            select form(register, at, offset));

    /// <summary>As <see cref="ForMemory(Func{Reg64, int, ValueTuple{Action{X64Emitter}, string}})"/>, with every vector register.</summary>
    internal static void ForMemory(Func<Xmm, Reg64, int, (Action<X64Emitter> Emit, string Expected)> form) =>
        ShouldRead(
            from vector in Operands.Vectors
            from at in Operands.Registers
            from offset in Operands.Offsets
            select form(vector, at, offset));

    /// <summary>As <see cref="ForMemory(Func{Reg64, int, ValueTuple{Action{X64Emitter}, string}})"/>, with constants.</summary>
    internal static void ForMemoryImmediates(Func<Reg64, int, int, (Action<X64Emitter> Emit, string Expected)> form) =>
        ShouldRead(
            from at in Operands.Registers
            from offset in Operands.Offsets
            from immediate in Operands.Immediates
            select form(at, offset, immediate));

    /// <summary>Compares the instruction for every register, base, index and scale.</summary>
    internal static void ForIndexed(Func<Reg64, Reg64, Reg64, int, int, (Action<X64Emitter> Emit, string Expected)> form) =>
        ShouldRead(
            from register in Operands.Registers
            from at in Operands.Registers
            from index in Operands.Indexes
            from scale in Operands.Scales
            from offset in Operands.Offsets
            select form(register, at, index, scale, offset));

    private static void ShouldRead(IEnumerable<(Action<X64Emitter> Emit, string Expected)> cases)
    {
        int tried = 0;
        List<string> wrong = [];
        foreach ((Action<X64Emitter> emit, string expected) in cases)
        {
            tried++;
            X64Emitter emitter = new();
            emit(emitter);
            byte[] code = emitter.Finish();

            // One line means one instruction that took every byte; one that wants more bytes reads "(bad)".
            string actual = Disassembly.Print(code);
            if (actual != expected)
            {
                wrong.Add($"{Convert.ToHexString(code)} reads '{actual}', not '{expected}'");
            }
        }

        tried.Should().BePositive();
        wrong.Should().BeEmpty();
    }
}
