using FluentAssertions;
using Iced.Intel;
using TrapRuntime.MachineCode.X64;
using TrapRuntime.Tests.Support;
using Xunit;
using static TrapRuntime.Tests.MachineCode.X64.InstructionForm;
using static TrapRuntime.Tests.MachineCode.X64.Operands;

namespace TrapRuntime.Tests.MachineCode.X64;

public sealed class X64EmitterMemoryTests
{
    [Fact]
    public void Load_reads_64_bits() =>
        ForMemory((Reg64 target, Reg64 at, int offset) =>
            (e => e.Load(target, at, offset), $"mov {Name(target)},qword {Memory(at, offset)}"));

    [Fact]
    public void Load32_reads_32_bits() =>
        ForMemory((Reg64 target, Reg64 at, int offset) =>
            (e => e.Load32(target, at, offset), $"mov {Name32(target)},dword {Memory(at, offset)}"));

    [Fact]
    public void LoadSigned32_extends_the_sign() =>
        ForMemory((Reg64 target, Reg64 at, int offset) =>
            (e => e.LoadSigned32(target, at, offset), $"movsxd {Name(target)},dword {Memory(at, offset)}"));

    [Fact]
    public void Load16_extends_with_zeros() =>
        ForMemory((Reg64 target, Reg64 at, int offset) =>
            (e => e.Load16(target, at, offset), $"movzx {Name32(target)},word {Memory(at, offset)}"));

    [Fact]
    public void Load8_extends_with_zeros() =>
        ForMemory((Reg64 target, Reg64 at, int offset) =>
            (e => e.Load8(target, at, offset), $"movzx {Name32(target)},byte {Memory(at, offset)}"));

    [Fact]
    public void LoadIndexed_takes_every_index_and_scale() =>
        ForIndexed((target, at, index, scale, offset) =>
            (e => e.LoadIndexed(target, at, index, scale, offset),
            $"mov {Name(target)},qword {Memory(at, index, scale, offset)}"));

    [Fact]
    public void Store_writes_64_bits() =>
        ForMemory((Reg64 value, Reg64 at, int offset) =>
            (e => e.Store(at, offset, value), $"mov qword {Memory(at, offset)},{Name(value)}"));

    [Fact]
    public void Store32_writes_32_bits() =>
        ForMemory((Reg64 value, Reg64 at, int offset) =>
            (e => e.Store32(at, offset, value), $"mov dword {Memory(at, offset)},{Name32(value)}"));

    [Fact]
    public void Store8_writes_the_lowest_byte() =>
        ForMemory((Reg64 value, Reg64 at, int offset) =>
            (e => e.Store8(at, offset, value), $"mov byte {Memory(at, offset)},{Name8(value)}"));

    [Fact]
    public void StoreImmediate_writes_64_bits() =>
        ForMemoryImmediates((at, offset, immediate) =>
            (e => e.StoreImmediate(at, offset, immediate), $"mov qword {Memory(at, offset)},{immediate}"));

    [Fact]
    public void StoreImmediate32_writes_32_bits() =>
        ForMemoryImmediates((at, offset, immediate) =>
            (e => e.StoreImmediate32(at, offset, immediate), $"mov dword {Memory(at, offset)},{immediate}"));

    [Fact]
    public void StoreIndexed_takes_every_index_and_scale() =>
        ForIndexed((value, at, index, scale, offset) =>
            (e => e.StoreIndexed(at, index, scale, offset, value),
            $"mov qword {Memory(at, index, scale, offset)},{Name(value)}"));

    [Fact]
    public void Thread_pointer_load_addresses_the_fs_segment_alone() =>
        ThreadPointerAccesses((e, register, offset) => e.LoadThreadPointerRelative(register, offset), register: 0, memory: 1);

    [Fact]
    public void Thread_pointer_store_addresses_the_fs_segment_alone() =>
        ThreadPointerAccesses((e, register, offset) => e.StoreThreadPointerRelative(offset, register), register: 1, memory: 0);

    [Fact]
    public void Address_computes_a_sum() =>
        ForMemory((Reg64 target, Reg64 at, int offset) =>
            (e => e.Address(target, at, offset), $"lea {Name(target)},{Memory(at, offset)}"));

    [Fact]
    public void AddressIndexed_takes_every_index_and_scale() =>
        ForIndexed((target, at, index, scale, offset) =>
            (e => e.AddressIndexed(target, at, index, scale, offset),
            $"lea {Name(target)},{Memory(at, index, scale, offset)}"));

    // The formatter leaves a base-less address's sign open, so the decoded operands are compared instead of text.
    private static void ThreadPointerAccesses(Action<X64Emitter, Reg64, int> emit, int register, int memory)
    {
        foreach (Reg64 wanted in Registers)
        {
            foreach (int offset in Offsets)
            {
                X64Emitter emitter = new();
                emit(emitter, wanted, offset);

                Instruction read = Disassembly.Decode(emitter.Finish()).Should().ContainSingle().Which;
                read.Mnemonic.Should().Be(Mnemonic.Mov);
                read.GetOpKind(memory).Should().Be(OpKind.Memory);
                read.GetOpRegister(register).Should().Be(Register.RAX + (int)wanted);
                read.SegmentPrefix.Should().Be(Register.FS);
                read.MemoryBase.Should().Be(Register.None);
                read.MemoryIndex.Should().Be(Register.None);
                read.MemoryDisplacement64.Should().Be(unchecked((ulong)offset));
            }
        }
    }
}
