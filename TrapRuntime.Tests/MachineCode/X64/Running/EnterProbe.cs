using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using FluentAssertions;
using TrapRuntime.Activations;
using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.Tests.MachineCode.X64.Running;

/// <summary>
/// Stands between this thread's guest calls and the enter thunk while it lives: fills the callee-saved registers with sentinels and sets a
/// floating-point control state of its own before the thunk, and writes down what it finds after it.
/// </summary>
internal sealed unsafe class EnterProbe : IDisposable
{
    /// <summary>Rounds down, all exceptions masked, denormals are zero (Intel SDM volume 1, 10.2.3).</summary>
    internal const uint HostMxcsr = 0x3FC0;

    /// <summary>Rounds up, double precision, all exceptions masked (Intel SDM volume 1, 8.1.5).</summary>
    internal const uint HostX87 = 0x0A7F;

    /// <summary>Truncates, all exceptions masked.</summary>
    internal const uint GuestMxcsr = 0x7F80;

    /// <summary>Rounds to nearest, single precision, all exceptions masked.</summary>
    internal const uint GuestX87 = 0x007F;

    private const uint MxcsrControlBits = 0xFFC0;
    private const ulong DirectionFlag = 1 << 10;
    private const ulong AlignmentFlag = 1 << 18;
    private const int PlainFlags = 0x202;
    private const int ImageTagWord = 4;
    private const int ImageMxcsr = 24;
    private const nuint RecordAlignment = 64;

    private readonly CodeBuffer _code;
    private readonly ThreadBlock* _thread = ThunkVariant.ReadyThread();

    internal EnterProbe()
    {
        Record = (ProbeRecord*)NativeMemory.AlignedAlloc((nuint)sizeof(ProbeRecord), RecordAlignment);
        *Record = default;
        Record->HostMxcsr = HostMxcsr;
        Record->HostX87 = HostX87;
        Record->GuestMxcsr = GuestMxcsr;
        Record->GuestX87 = GuestX87;
        _code = CodeBuffer.TryCreate(Wrap(ThunkVariant.Thunks.Enter))!;
        _thread->Enter = _code.Start;
    }

    /// <summary>Gets the record, which the guest may use too.</summary>
    internal ProbeRecord* Record { get; }

    internal uint Mxcsr => *(uint*)(Record->Image + ImageMxcsr);

    /// <summary>Asserts all that the host is owed however the guest ended.</summary>
    internal void HostStateShouldBeIntact()
    {
        new ReadOnlySpan<ulong>(Record->Saved, ProbeRecord.Registers).ToArray().Should().Equal(CalleeSaved.Sentinels);
        Record->StackAfter.Should().Be(Record->StackBefore);
        (Mxcsr & MxcsrControlBits).Should().Be(HostMxcsr & MxcsrControlBits);
        ((uint)*(ushort*)Record->Image).Should().Be(HostX87);
        (Record->Flags & DirectionFlag).Should().Be(0);
    }

    /// <summary>Asserts what the host is owed on top when the guest was stopped anywhere.</summary>
    internal void HostStateShouldBeClean()
    {
        (Record->Flags & AlignmentFlag).Should().Be(0);
        Record->Image[ImageTagWord].Should().Be(0, "the x87 registers are empty, free of MMX state");
    }

    /// <summary>Asserts that no vector register makes the host's next instructions slow.</summary>
    internal void UppersShouldBeZero() =>
        new ReadOnlySpan<byte>(Record->Uppers, ProbeRecord.Vectors * ProbeRecord.HalfBytes).ToArray().Should().OnlyContain(b => b == 0);

    public void Dispose()
    {
        _thread->Enter = ThunkVariant.Thunks.Enter;
        _code.Dispose();
        NativeMemory.AlignedFree(Record);
    }

    private static int Offset(string field) => (int)Marshal.OffsetOf<ProbeRecord>(field);

    // In and out: as the enter thunk.
    private byte[] Wrap(nint enter)
    {
        CodeWriter code = new();
        code.Emit(e =>
        {
            foreach (Reg64 register in CalleeSaved.Registers)
            {
                e.Push(register);
            }

            e.Subtract(Reg64.Rsp, sizeof(ulong));
            e.Move(Reg64.Rax, (nint)Record);
            e.StoreMxcsr(Reg64.Rax, Offset(nameof(ProbeRecord.OuterMxcsr)));
            e.StoreX87Control(Reg64.Rax, Offset(nameof(ProbeRecord.OuterX87)));
            e.LoadMxcsr(Reg64.Rax, Offset(nameof(ProbeRecord.HostMxcsr)));
            e.LoadX87Control(Reg64.Rax, Offset(nameof(ProbeRecord.HostX87)));
            e.Store(Reg64.Rax, Offset(nameof(ProbeRecord.StackBefore)), Reg64.Rsp);
            CalleeSaved.Load(e);
            e.Move(Reg64.Rax, enter);
            e.Call(Reg64.Rax);
            e.Move(Reg64.Rcx, (nint)Record);
            e.Store(Reg64.Rcx, Offset(nameof(ProbeRecord.StackAfter)), Reg64.Rsp);
            CalleeSaved.Store(e, Reg64.Rcx, Offset(nameof(ProbeRecord.Saved)));
            e.PushFlags();
            e.Pop(Reg64.Rdx);
            e.Store(Reg64.Rcx, Offset(nameof(ProbeRecord.Flags)), Reg64.Rdx);
        });
        code.Raw(0x0F, 0xAE, 0x01); // fxsave [rcx]
        if (Avx.IsSupported)
        {
            code.Emit(e => e.Address(Reg64.Rdi, Reg64.Rcx, Offset(nameof(ProbeRecord.Uppers))));
            VectorCode.StoreUppers(code);
            code.Emit(e => e.ZeroUpperVectors());
        }

        return code.Emit(e =>
        {
            e.Load(Reg64.Rsp, Reg64.Rcx, Offset(nameof(ProbeRecord.StackBefore)));
            e.Push(PlainFlags);
            e.PopFlags();
            e.ClearX87Exceptions();
            e.EmptyX87();
            e.LoadMxcsr(Reg64.Rcx, Offset(nameof(ProbeRecord.OuterMxcsr)));
            e.LoadX87Control(Reg64.Rcx, Offset(nameof(ProbeRecord.OuterX87)));
            e.Add(Reg64.Rsp, sizeof(ulong));
            foreach (Reg64 register in CalleeSaved.Registers.Reverse())
            {
                e.Pop(register);
            }

            e.Return();
        }).Finish();
    }
}
