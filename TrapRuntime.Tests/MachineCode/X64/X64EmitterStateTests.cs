using FluentAssertions;
using TrapRuntime.MachineCode.X64;
using Xunit;
using static TrapRuntime.Tests.MachineCode.X64.InstructionForm;
using static TrapRuntime.Tests.MachineCode.X64.Operands;

namespace TrapRuntime.Tests.MachineCode.X64;

public sealed class X64EmitterStateTests
{
    [Fact]
    public void Direction_is_cleared_and_set()
    {
        ShouldRead(e => e.ClearDirection(), "cld");
        ShouldRead(e => e.SetDirection(), "std");
    }

    [Fact]
    public void Flags_are_pushed_and_popped()
    {
        // NASM's plain name means the mode's own width, 64 bits; the 16-bit forms are pushfw and popfw.
        ShouldRead(e => e.PushFlags(), "pushf");
        ShouldRead(e => e.PopFlags(), "popf");
    }

    [Fact]
    public void Mxcsr_is_stored_and_loaded()
    {
        ForMemory((at, offset) => (e => e.StoreMxcsr(at, offset), $"stmxcsr dword {Memory(at, offset)}"));
        ForMemory((at, offset) => (e => e.LoadMxcsr(at, offset), $"ldmxcsr dword {Memory(at, offset)}"));
    }

    [Fact]
    public void X87_control_is_stored_and_loaded()
    {
        ForMemory((at, offset) => (e => e.StoreX87Control(at, offset), $"fnstcw word {Memory(at, offset)}"));
        ForMemory((at, offset) => (e => e.LoadX87Control(at, offset), $"fldcw word {Memory(at, offset)}"));
    }

    [Fact]
    public void X87_state_is_cleaned()
    {
        ShouldRead(e => e.ClearX87Exceptions(), "fnclex");
        ShouldRead(e => e.EmptyX87(), "emms");
    }

    [Fact]
    public void Return_from_a_signal_is_made_of_the_bytes_that_unwinders_know()
    {
        X64Emitter e = new();
        e.SignalReturn();
        e.Finish().Should().Equal(0x48, 0xC7, 0xC0, 0x0F, 0, 0, 0, 0x0F, 0x05);
    }

    [Fact]
    public void Protection_keys_are_read_and_written()
    {
        ShouldRead(e => e.ReadProtectionKeys(), "rdpkru");
        ShouldRead(e => e.WriteProtectionKeys(), "wrpkru");
    }

    [Fact]
    public void Time_stamp_is_read() => ShouldRead(e => e.ReadTimeStamp(), "rdtsc");

    [Fact]
    public void Upper_vectors_are_zeroed() => ShouldRead(e => e.ZeroUpperVectors(), "vzeroupper");

    [Fact]
    public void Shadow_stack_pointer_is_read_and_incremented()
    {
        ForRegisters(target => (e => e.ReadShadowStackPointer(target), $"rdsspq {Name(target)}"));
        ForRegisters(count => (e => e.IncrementShadowStackPointer(count), $"incsspq {Name(count)}"));
    }
}
