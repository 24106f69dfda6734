using System.Globalization;
using FluentAssertions;
using TrapRuntime.Activations;
using TrapRuntime.Traps;
using TrapRuntime.Traps.X64;
using Xunit;

namespace TrapRuntime.Tests;

public sealed class TrapTests
{
    private const int SIGSEGV = 11;

    [Theory]
    [InlineData(TrapCode.StackOverflow, "call stack exhausted")]
    [InlineData(TrapCode.HeapAccessOutOfBounds, "out of bounds memory access")]
    [InlineData(TrapCode.TableAccessOutOfBounds, "undefined element")]
    [InlineData(TrapCode.IndirectCallToNull, "uninitialized element")]
    [InlineData(TrapCode.BadSignature, "indirect call type mismatch")]
    [InlineData(TrapCode.IntegerOverflow, "integer overflow")]
    [InlineData(TrapCode.IntegerDivisionByZero, "integer divide by zero")]
    [InlineData(TrapCode.BadConversionToInteger, "invalid conversion to integer")]
    [InlineData(TrapCode.UnreachableCodeReached, "unreachable")]
    [InlineData(TrapCode.UnalignedAtomic, "unaligned atomic")]
    public void Message_starts_with_the_words_of_the_test_suite(TrapCode code, string words) =>
        Trap.Library(code, []).Message.Should().StartWith(words);

    [Fact]
    public void Every_code_has_words_of_its_own()
    {
        IEnumerable<string> words = Enum.GetValues<TrapCode>().Select(static code => Trap.Library(code, []).Message);
        words.Should().OnlyHaveUniqueItems().And.NotContain(string.Empty);
    }

    [Fact]
    public void Heap_fault_names_offset_and_length() => Hardware(
        TrapCode.HeapAccessOutOfBounds,
        new TrapDetail { Memory = new MemoryHit(0x10004, 0x10000) }).Message
        .Should().Be("out of bounds memory access: offset 0x10004, memory length 0x10000");

    [Fact]
    public void Stack_overflow_names_the_size_and_the_remedy() => Hardware(TrapCode.StackOverflow, new TrapDetail { StackSize = 1048576 }).Message
        .Should().Be("call stack exhausted: the guest used up its stack of 1048576 bytes; to give it more, raise VMConfig.StackSize");

    [Fact]
    public void Unclassified_fault_keeps_all_it_knows()
    {
        TrapCapture capture = new()
        {
            Signal = SIGSEGV,
            SignalCode = 1,
            ProgramCounter = 0x4000,
            FaultAddress = 0x10,
            ExceptionNumber = PageFaultError.PageFault,
            ErrorCode = 2,
        };
        Trap.FromHardware(capture, TrapCode.None, default, []).Message
            .Should().Be("unclassified fault: signal 11 (SIGSEGV), code 1, at 0x4000, address 0x10 (write)");
    }

    [Fact]
    public void Unclassified_fault_without_an_address_names_none()
    {
        TrapCapture capture = new() { Signal = SIGSEGV, SignalCode = 128, ProgramCounter = 0x4000 };
        Trap.FromHardware(capture, TrapCode.None, default, []).Message
            .Should().Be("unclassified fault: signal 11 (SIGSEGV), code 128, at 0x4000");
    }

    [Fact]
    public void User_trap_speaks_with_the_words_of_its_error()
    {
        InvalidOperationException error = new("the bank is closed");
        Trap trap = Trap.User(error, []);
        trap.Message.Should().Be("the bank is closed");
        trap.UserError.Should().BeSameAs(error);
        trap.Kind.Should().Be(TrapKind.User);
        trap.ToString().Should().Be("wasm trap: the bank is closed");
    }

    [Fact]
    public void Out_of_memory_says_what_was_missing() =>
        Trap.OutOfMemory("a guest stack of 8192 bytes").Message.Should().Be("out of memory: a guest stack of 8192 bytes");

    [Fact]
    public void Text_lists_the_frames_as_far_as_they_are_known()
    {
        using GuestCode named = GuestCode.Emit(new byte[64], new GuestCodeInfo { Name = "module", Symbols = [new(0, 32, "divide")] });
        using GuestCode anonymous = GuestCode.Emit(new byte[64], new GuestCodeInfo { Symbols = [new(16, 0, "main")] });
        nuint start = (nuint)named.Start;
        Trap trap = Trap.Library(TrapCode.IntegerDivisionByZero, [start + 0x1c, start + 0x28, (nuint)anonymous.Start + 0x11, 0x10]);

        trap.ToString().Split(Environment.NewLine).Should().Equal(
            "wasm trap: integer divide by zero",
            "   at divide+0x1c (module)",
            string.Create(CultureInfo.InvariantCulture, $"   at 0x{start + 0x28:x} (module+0x28)"),
            "   at main+0x1",
            "   at 0x10");
    }

    [Fact]
    public void Frames_keep_their_names_when_the_code_is_disposed_before_they_are_asked_for()
    {
        GuestCode code = GuestCode.Emit(new byte[16], new GuestCodeInfo { Name = "gone", Symbols = [new(0, 0, "f")] });
        Trap trap = Trap.Library(TrapCode.UnreachableCodeReached, [(nuint)code.Start + 3]);

        code.Dispose();

        trap.Frames.Should().Equal(new TrapFrame(trap.ProgramCounter, "gone", "f", 3));
    }

    [Fact]
    public void Frames_are_named_once()
    {
        Trap trap = Trap.Library(TrapCode.UnreachableCodeReached, [0x10]);
        trap.Frames.Should().BeSameAs(trap.Frames);
    }

    [Fact]
    public void Exception_carries_the_headline_the_trap_and_the_user_error()
    {
        InvalidOperationException error = new("no");
        TrapException exception = new(Trap.User(error, [0x10]));
        exception.Message.Should().Be("wasm trap: no");
        exception.InnerException.Should().BeSameAs(error);
        exception.Trap.Frames.Should().HaveCount(1);
    }

    [Fact]
    public void Result_throws_its_trap_and_only_its_trap()
    {
        Trap trap = Trap.Library(TrapCode.UnreachableCodeReached, []);
        Action good = static () => default(TrapResult).ThrowIfTrap();
        Action bad = () => new TrapResult(trap).ThrowIfTrap();
        good.Should().NotThrow();
        bad.Should().Throw<TrapException>().And.Trap.Should().BeSameAs(trap);
        default(TrapResult).IsTrap.Should().BeFalse();
        new TrapResult(trap).IsTrap.Should().BeTrue();
    }

    [Fact]
    public unsafe void Registers_are_copied_out_of_the_capture()
    {
        TrapCapture capture = new() { ProgramCounter = 1, StackPointer = 2, FramePointer = 3, GeneralCount = 16 };
        capture.General[15] = 15;
        TrapRegisters registers = Trap.FromHardware(capture, TrapCode.None, null, [1, 2, 3]).Registers!.Value;
        capture.General[15] = 0;

        registers.ProgramCounter.Should().Be((nuint)1);
        registers.StackPointer.Should().Be((nuint)2);
        registers.FramePointer.Should().Be((nuint)3);
        registers.General.Length.Should().Be(16);
        registers.General[15].Should().Be((nuint)15);
        default(TrapRegisters).General.IsEmpty.Should().BeTrue();
    }

    private static Trap Hardware(TrapCode code, TrapDetail detail) =>
        Trap.FromHardware(new TrapCapture { Signal = SIGSEGV, SignalCode = 1 }, code, detail, []);
}
