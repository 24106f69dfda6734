using System.Runtime.InteropServices;
using FluentAssertions;
using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.Tests.MachineCode.X64.Running;

/// <summary>
/// Code that calls an address with known values in all argument registers and on the stack, sentinels in the callee-saved
/// registers and a rounding mode of its own, and writes down what came back. Guest code that may also run on the host stack.
/// </summary>
internal sealed unsafe class Caller : IDisposable
{
    internal const ulong FirstGeneral = 0x6E00_0000_0000_0001;
    internal const ulong FirstVector = 0x4010_0000_0000_0001;
    internal const ulong FirstStackWord = 0x57AC_0000_0000_0001;
    private const ulong SentinelShift = 7;
    private const int StackAlignment = 16;
    private const uint MxcsrControlBits = 0xFFC0;

    private readonly GuestCode _code;
    private readonly ulong[] _general;

    /// <param name="target">What to call.</param>
    /// <param name="general">The first integer arguments, where they matter; the others are made up.</param>
    /// <param name="r11">What host function adapters expect there.</param>
    /// <param name="stackWords">The number of stack arguments.</param>
    internal Caller(nint target, ReadOnlySpan<ulong> general = default, nint r11 = 0, int stackWords = 0)
    {
        Record = (CallerRecord*)NativeMemory.AllocZeroed((nuint)sizeof(CallerRecord));
        Record->OwnMxcsr = EnterProbe.GuestMxcsr;
        Record->OwnX87 = EnterProbe.GuestX87;
        _general = [.. Enumerable.Range(0, CallRecord.Generals).Select(i => FirstGeneral + (ulong)i)];
        general.CopyTo(_general);
        _code = GuestCode.Emit(Code(target, r11, stackWords));
    }

    internal static ulong[] Vectors { get; } = [.. Enumerable.Range(0, CallRecord.Vectors).Select(i => FirstVector + (ulong)i)];

    internal CallerRecord* Record { get; }

    internal IReadOnlyList<ulong> General => _general;

    internal static ulong[] StackWords(int count) => [.. Enumerable.Range(0, count).Select(i => FirstStackWord + (ulong)i)];

    /// <summary>Runs on a guest stack.</summary>
    internal TrapResult RunAsGuest() => GuestCall.CatchTraps((delegate* unmanaged<void*, void>)_code.Start, null);

    /// <summary>Runs where it is called.</summary>
    internal void RunInPlace() => ((delegate* unmanaged<void>)_code.Start)();

    /// <summary>Asserts that the call kept to the convention and brought back what the recorder answered.</summary>
    internal void CallShouldHaveReturned(CallRecord* answer)
    {
        StateShouldBeKept();
        Record->Result.Should().Be(answer->Result);
        Record->VectorResult.Should().Be(answer->VectorResult);
    }

    /// <summary>Asserts that callee-saved registers, stack pointer and control state came back.</summary>
    internal void StateShouldBeKept()
    {
        new ReadOnlySpan<ulong>(Record->Saved, ProbeRecord.Registers).ToArray()
            .Should().Equal(CalleeSaved.Sentinels.Select(value => value + SentinelShift));
        Record->StackAfter.Should().Be(Record->StackBefore);
        (Record->Mxcsr & MxcsrControlBits).Should().Be(EnterProbe.GuestMxcsr, "managed code in the callee may set sticky flags, nothing else");
        Record->X87.Should().Be(EnterProbe.GuestX87);
    }

    public void Dispose()
    {
        _code.Dispose();
        NativeMemory.Free(Record);
    }

    private static int Offset(string field) => (int)Marshal.OffsetOf<CallerRecord>(field);

    private byte[] Code(nint target, nint r11, int stackWords)
    {
        X64Emitter e = new();
        foreach (Reg64 register in CalleeSaved.Registers)
        {
            e.Push(register);
        }

        e.Move(Reg64.Rax, (nint)Record);
        e.StoreMxcsr(Reg64.Rax, Offset(nameof(CallerRecord.OuterMxcsr)));
        e.StoreX87Control(Reg64.Rax, Offset(nameof(CallerRecord.OuterX87)));
        e.LoadMxcsr(Reg64.Rax, Offset(nameof(CallerRecord.OwnMxcsr)));
        e.LoadX87Control(Reg64.Rax, Offset(nameof(CallerRecord.OwnX87)));

        // A return address and six registers leave the stack half way between two boundaries.
        int frame = (stackWords * sizeof(ulong)) + (stackWords % 2 == 0 ? StackAlignment / 2 : 0);
        e.Subtract(Reg64.Rsp, frame);
        for (int i = 0; i < stackWords; i++)
        {
            e.Move(Reg64.Rcx, FirstStackWord + (ulong)i);
            e.Store(Reg64.Rsp, i * sizeof(ulong), Reg64.Rcx);
        }

        e.Store(Reg64.Rax, Offset(nameof(CallerRecord.StackBefore)), Reg64.Rsp);
        for (int i = 0; i < CallRecord.Vectors; i++)
        {
            e.Move(Reg64.Rcx, Vectors[i]);
            e.MoveFromGeneral(SystemVArguments.Vector[i], Reg64.Rcx);
        }

        CalleeSaved.Load(e, SentinelShift);
        for (int i = 0; i < CallRecord.Generals; i++)
        {
            e.Move(SystemVArguments.General[i], _general[i]);
        }

        e.Move(Reg64.R11, r11);
        e.Move(Reg64.Rax, target);
        e.Call(Reg64.Rax);

        e.Move(Reg64.R10, (nint)Record);
        e.Store(Reg64.R10, Offset(nameof(CallerRecord.Result)), Reg64.Rax);
        e.Store(Reg64.R10, Offset(nameof(CallerRecord.SecondResult)), Reg64.Rdx);
        e.StoreDouble(Reg64.R10, Offset(nameof(CallerRecord.VectorResult)), Xmm.Xmm0);
        e.StoreDouble(Reg64.R10, Offset(nameof(CallerRecord.SecondVectorResult)), Xmm.Xmm1);
        e.Store(Reg64.R10, Offset(nameof(CallerRecord.StackAfter)), Reg64.Rsp);
        CalleeSaved.Store(e, Reg64.R10, Offset(nameof(CallerRecord.Saved)));
        e.StoreMxcsr(Reg64.R10, Offset(nameof(CallerRecord.Mxcsr)));
        e.StoreX87Control(Reg64.R10, Offset(nameof(CallerRecord.X87)));
        e.LoadMxcsr(Reg64.R10, Offset(nameof(CallerRecord.OuterMxcsr)));
        e.LoadX87Control(Reg64.R10, Offset(nameof(CallerRecord.OuterX87)));
        e.Load(Reg64.Rsp, Reg64.R10, Offset(nameof(CallerRecord.StackBefore)));
        e.Add(Reg64.Rsp, frame);
        foreach (Reg64 register in CalleeSaved.Registers.Reverse())
        {
            e.Pop(register);
        }

        e.Return();
        return e.Finish();
    }
}
