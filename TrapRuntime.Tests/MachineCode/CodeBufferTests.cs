using System.Globalization;
using System.Runtime.InteropServices;
using FluentAssertions;
using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.MachineCode;

public sealed class CodeBufferTests
{
    private const int Answer = 42;

    [Fact]
    public unsafe void Mapped_code_runs()
    {
        using CodeBuffer buffer = Map(ReturnAnswer());
        var function = (delegate* unmanaged<int>)buffer.Start;

        // SAFETY: the code is `mov eax, 42; ret`, which keeps to the calling convention.
        function().Should().Be(Answer);
    }

    [Fact]
    public void Mapped_code_can_be_run_and_not_written()
    {
        using CodeBuffer buffer = Map(ReturnAnswer());

        Access(buffer.Start).Should().Be("r-xp");
        Access(buffer.Start + (nint)buffer.Length - 1).Should().Be("r-xp");
    }

    [Fact]
    public void Code_longer_than_a_page_is_mapped_whole()
    {
        byte[] code = [.. Enumerable.Repeat((byte)0x90, Environment.SystemPageSize), 0xC3];

        using CodeBuffer buffer = Map(code);

        buffer.Length.Should().Be((nuint)Environment.SystemPageSize * 2);
        Read(buffer)[..code.Length].Should().Equal(code);
        Access(buffer.Start + (nint)buffer.Length - 1).Should().Be("r-xp");
    }

    [Fact]
    public void Rest_of_the_last_page_is_undefined_instructions()
    {
        byte[] code = ReturnAnswer();

        using CodeBuffer buffer = Map(code);

        byte[] tail = Read(buffer)[code.Length..];
        tail.Length.Should().Be(Environment.SystemPageSize - code.Length);
        Disassembly.Decode(tail).Should().OnlyContain(i => i.Code == Iced.Intel.Code.Ud2);
    }

    [Fact]
    public void Code_that_fills_its_page_has_no_tail()
    {
        byte[] code = [.. Enumerable.Repeat((byte)0x90, Environment.SystemPageSize)];

        using CodeBuffer buffer = Map(code);

        buffer.Length.Should().Be((nuint)code.Length);
        Read(buffer).Should().Equal(code);
    }

    [Fact]
    public void Disposal_unmaps_once()
    {
        CodeBuffer buffer = Map(ReturnAnswer());

        buffer.Dispose();
        buffer.Dispose();

        buffer.Start.Should().Be(0);
    }

    [Fact]
    public void Empty_code_is_refused()
    {
        Action map = () => CodeBuffer.TryCreate([]);

        map.Should().Throw<ArgumentException>().WithMessage("*no code*");
    }

    // `mov eax, 42; ret`: six bytes, so the tail holds whole instructions.
    private static byte[] ReturnAnswer()
    {
        X64Emitter emitter = new();
        emitter.Move(Reg64.Rax, Answer);
        emitter.Return();
        return emitter.Finish();
    }

    private static CodeBuffer Map(byte[] code)
    {
        CodeBuffer? buffer = CodeBuffer.TryCreate(code);
        buffer.Should().NotBeNull();
        return buffer!;
    }

    private static byte[] Read(CodeBuffer buffer)
    {
        byte[] copy = new byte[(int)buffer.Length];
        Marshal.Copy(buffer.Start, copy, 0, copy.Length);
        return copy;
    }

    private static string Access(nint address) =>
        File.ReadLines("/proc/self/maps")
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Single(fields => Contains(fields[0], address))[1];

    private static bool Contains(string range, nint address)
    {
        string[] bounds = range.Split('-');
        nuint start = nuint.Parse(bounds[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        nuint end = nuint.Parse(bounds[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (nuint)address >= start && (nuint)address < end;
    }
}
