using TrapRuntime.Activations;

namespace TrapRuntime.Tests.Traps.X64;

/// <summary>Random register files, and the registers as the independent decoder names them.</summary>
internal static unsafe class Registers
{
    internal static TrapCapture Random(Random random, nuint programCounter)
    {
        TrapCapture capture = new() { ProgramCounter = programCounter, GeneralCount = 16 };
        for (int i = 0; i < 16; i++)
        {
            // Small, huge and zero values: divisors of every kind and addresses that wrap.
            capture.General[i] = random.Next(4) switch
            {
                0 => 0,
                1 => (ulong)random.Next(0x100),
                2 => (ulong)random.NextInt64() << random.Next(64),
                _ => unchecked((ulong)random.NextInt64(long.MinValue, long.MaxValue)),
            };
        }

        return capture;
    }

    internal static ulong Read(in TrapCapture capture, Iced.Intel.Register register)
    {
        Iced.Intel.RegisterInfo info = Iced.Intel.RegisterExtensions.GetInfo(register);
        int number = Iced.Intel.RegisterExtensions.GetNumber(info.FullRegister);
        ulong value = capture.General[number];
        bool isHigh = register is Iced.Intel.Register.AH or Iced.Intel.Register.CH or Iced.Intel.Register.DH or Iced.Intel.Register.BH;
        return unchecked(isHigh ? (byte)(value >> 8) : info.Size switch
        {
            1 => (byte)value,
            2 => (ushort)value,
            4 => (uint)value,
            _ => value,
        });
    }

    /// <summary>The address of the memory operand, by the decoder's own rules.</summary>
    internal static ulong? AddressOf(in Iced.Intel.Instruction instruction, TrapCapture capture, int operand) =>
        instruction.GetVirtualAddress(operand, 0, (register, _, _) =>
            register is Iced.Intel.Register.ES or Iced.Intel.Register.CS or Iced.Intel.Register.SS or Iced.Intel.Register.DS ? 0
            : Read(capture, register)) is var address ? address : null;
}
