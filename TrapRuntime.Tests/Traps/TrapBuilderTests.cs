using FluentAssertions;
using TrapRuntime.Activations;
using TrapRuntime.Tests.Support;
using TrapRuntime.Traps;
using Xunit;

namespace TrapRuntime.Tests.Traps;

public sealed unsafe class TrapBuilderTests
{
    private const int SIGILL = 4;
    private const int SIGFPE = 8;
    private const int SIGSEGV = 11;
    private const int SIGUSR1 = 10;
    private const nuint PageFault = 14;
    private const int Frames = 8;

    [Fact]
    public void Illegal_instruction_with_a_payload_is_its_code()
    {
        using FakeGuest guest = new(32);
        using GuestCode code = GuestCode.Emit([0x0F, 0xB9, 0xC9]);
        Fault(guest, SIGILL, 2, (nuint)code.Start, (nuint)code.Start);

        Trap trap = TrapBuilder.FromCapture(guest.Thread, guest.Activation, Frames);

        trap.Kind.Should().Be(TrapKind.Hardware);
        trap.Code.Should().Be(TrapCode.UnreachableCodeReached);
        trap.FaultAddress.Should().BeNull();
        trap.ProgramCounter.Should().Be((nuint)code.Start);
        trap.Frames.Should().ContainSingle();
    }

    [Fact]
    public void Payload_that_the_code_range_cuts_off_is_not_read()
    {
        // The last two bytes of the page: the ModRM byte would be on the next one.
        byte[] bytes = new byte[Environment.SystemPageSize];
        bytes[^2] = 0x0F;
        bytes[^1] = 0xB9;
        using FakeGuest guest = new(32);
        using GuestCode code = GuestCode.Emit(bytes);
        Fault(guest, SIGILL, 2, 0, (nuint)code.Start + code.Length - 2);

        TrapBuilder.FromCapture(guest.Thread, guest.Activation, Frames).Code.Should().Be(TrapCode.None);
    }

    [Theory]
    [InlineData(0UL, TrapCode.IntegerDivisionByZero)]
    [InlineData(ulong.MaxValue, TrapCode.IntegerOverflow)]
    public void Division_is_told_by_the_divisor_in_a_register(ulong divisor, TrapCode expected)
    {
        // idiv rcx
        using FakeGuest guest = new(32);
        using GuestCode code = GuestCode.Emit([0x48, 0xF7, 0xF9]);
        Fault(guest, SIGFPE, 1, (nuint)code.Start, (nuint)code.Start);
        guest.Thread->Capture.General[1] = divisor;

        TrapBuilder.FromCapture(guest.Thread, guest.Activation, Frames).Code.Should().Be(expected);
    }

    [Theory]
    [InlineData(0u, TrapCode.IntegerDivisionByZero)]
    [InlineData(0xFFFF_FFFFu, TrapCode.IntegerOverflow)]
    public void Division_is_told_by_the_divisor_on_the_guest_stack(uint divisor, TrapCode expected)
    {
        // idiv dword ptr [rsp+8]
        using FakeGuest guest = new(32);
        using GuestCode code = GuestCode.Emit([0xF7, 0x7C, 0x24, 0x08]);
        Fault(guest, SIGFPE, 1, (nuint)code.Start, (nuint)code.Start);
        guest.Thread->Capture.General[4] = guest.AddressOf(3);
        guest.Stack[4] = divisor;

        TrapBuilder.FromCapture(guest.Thread, guest.Activation, Frames).Code.Should().Be(expected);
    }

    [Fact]
    public void Fault_in_the_guard_is_a_stack_overflow_with_the_size()
    {
        using FakeGuest guest = new(32);
        Fault(guest, SIGSEGV, 2, guest.Activation->GuestStackLimit - 8, 0x1000);

        Trap trap = TrapBuilder.FromCapture(guest.Thread, guest.Activation, Frames);

        trap.Code.Should().Be(TrapCode.StackOverflow);
        trap.Message.Should().Contain("256 bytes");
    }

    [Fact]
    public void Fault_in_a_memory_names_the_offset_and_the_access()
    {
        using FakeGuest guest = new(32);
        using GuestMemory memory = GuestMemory.Reserve(0x10000, 0x20000, 0x10000);
        Fault(guest, SIGSEGV, 1, (nuint)memory.Base + 0x20010, 0x1000);
        guest.Thread->Capture.ExceptionNumber = PageFault;
        guest.Thread->Capture.ErrorCode = 6;

        Trap trap = TrapBuilder.FromCapture(guest.Thread, guest.Activation, Frames);

        trap.Code.Should().Be(TrapCode.HeapAccessOutOfBounds);
        trap.Access.Should().Be(FaultAccess.Write);
        trap.FaultAddress.Should().Be((nuint)memory.Base + 0x20010);
        trap.Message.Should().Contain("offset 0x20010").And.Contain("length 0x10000");
    }

    [Fact]
    public void Trap_site_names_the_code()
    {
        using FakeGuest guest = new(32);
        using GuestCode code = GuestCode.Emit(new byte[16], new GuestCodeInfo { TrapSites = [new(4, TrapCode.IndirectCallToNull)] });
        Fault(guest, SIGSEGV, 1, 0, (nuint)code.Start + 4);

        TrapBuilder.FromCapture(guest.Thread, guest.Activation, Frames).Code.Should().Be(TrapCode.IndirectCallToNull);
    }

    [Theory]
    [InlineData("8B00", false, 0UL, TrapCode.StackOverflow)] // mov eax, [rax]
    [InlineData("8B00", true, 0UL, TrapCode.StackOverflow)] // at a canonical address no such fault exists: the number is an old one
    [InlineData("8B00", false, 0xdead_beef_dead_beefUL, TrapCode.None)]
    [InlineData("8B00", true, 0xdead_beef_dead_beefUL, TrapCode.None)]
    [InlineData("F4", true, 0UL, TrapCode.None)] // hlt is privileged
    [InlineData("F4", false, 0UL, TrapCode.StackOverflow)]
    public void Fault_without_an_address_near_the_guard(string instruction, bool isGeneralProtection, ulong rax, TrapCode expected)
    {
        using FakeGuest guest = new(32);
        using GuestCode code = GuestCode.Emit(Convert.FromHexString(instruction));
        Fault(guest, SIGSEGV, 0x80, 0, (nuint)code.Start);
        guest.Thread->Capture.StackPointer = guest.Activation->GuestStackLimit;
        guest.Thread->Capture.ExceptionNumber = isGeneralProtection ? 13u : 0u;
        guest.Thread->Capture.General[0] = rax;

        Trap trap = TrapBuilder.FromCapture(guest.Thread, guest.Activation, Frames);

        trap.Code.Should().Be(expected);
        trap.FaultAddress.Should().BeNull();
    }

    [Fact]
    public void Unknown_fault_keeps_signal_code_address_and_registers()
    {
        using FakeGuest guest = new(32);
        Fault(guest, SIGSEGV, 1, 0x10, 0x1000);
        guest.Thread->Capture.General[7] = 77;

        Trap trap = TrapBuilder.FromCapture(guest.Thread, guest.Activation, Frames);

        trap.Code.Should().Be(TrapCode.None);
        trap.Signal.Should().Be(SIGSEGV);
        trap.SignalCode.Should().Be(1);
        trap.FaultAddress.Should().Be((nuint)0x10);
        trap.Registers!.Value.General[7].Should().Be((nuint)77);
    }

    [Fact]
    public void Back_trace_can_be_switched_off()
    {
        using FakeGuest guest = new(32);
        Fault(guest, SIGSEGV, 1, 0x10, 0x1000);
        TrapBuilder.FromCapture(guest.Thread, guest.Activation, 0).Frames.Should().BeEmpty();
    }

    [Fact]
    public void Back_trace_longer_than_the_stack_buffer_is_collected()
    {
        using FakeGuest guest = new(1000);
        for (int word = 0; word < 990; word += 2)
        {
            guest.Frame(word, word + 2, 0x2000);
        }

        Fault(guest, SIGSEGV, 1, 0x10, 0x1000);
        guest.Thread->Capture.FramePointer = guest.AddressOf(0);

        TrapBuilder.FromCapture(guest.Thread, guest.Activation, 400).Frames.Should().HaveCount(400);
    }

    [Fact]
    public void Interrupt_shows_where_the_guest_was()
    {
        using FakeGuest guest = new(32);
        Fault(guest, SIGUSR1, -1, 0, 0x1000);

        Trap trap = TrapBuilder.FromInterrupt(guest.Thread, guest.Activation, Frames);

        trap.Kind.Should().Be(TrapKind.Interrupted);
        trap.Code.Should().Be(TrapCode.HostInterrupt);
        trap.ProgramCounter.Should().Be((nuint)0x1000);
        trap.Registers.Should().NotBeNull();
    }

    [Theory]
    [InlineData((int)TrapCode.UncaughtException, TrapCode.UncaughtException)]
    [InlineData(99, TrapCode.None)]
    [InlineData(-1, TrapCode.None)]
    public void Native_raise_carries_its_code_and_its_caller(int raised, TrapCode expected)
    {
        using FakeGuest guest = new(32);
        guest.Activation->RaisedCode = raised;
        guest.Thread->Capture.ProgramCounter = 0x1001;

        Trap trap = TrapBuilder.FromNativeRaise(guest.Thread, guest.Activation, Frames);

        trap.Kind.Should().Be(TrapKind.Library);
        trap.Code.Should().Be(expected);
        trap.Frames[0].ProgramCounter.Should().Be((nuint)0x1000);
    }

    private static void Fault(FakeGuest guest, int signal, int code, nuint address, nuint counter)
    {
        TrapCapture* capture = &guest.Thread->Capture;
        capture->Signal = signal;
        capture->SignalCode = code;
        capture->FaultAddress = address;
        capture->ProgramCounter = counter;
        capture->StackPointer = guest.AddressOf(20);
        capture->GeneralCount = 16;
    }
}
