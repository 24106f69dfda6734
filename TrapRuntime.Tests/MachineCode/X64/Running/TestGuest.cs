using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.Tests.MachineCode.X64.Running;

/// <summary>Writes guests that make a mess and end.</summary>
internal static unsafe class TestGuest
{
    internal const TrapCode RaisedCode = TrapCode.BadSignature;

    private const ulong Garbage = 0xBAD0_BAD0_0000;
    private const ulong NonCanonical = 0x8000_0000_0000_0000;
    private const int AlignmentFlag = 1 << 18;
    private const ulong One = 0x3FF0_0000_0000_0000;
    private const ulong Three = 0x4008_0000_0000_0000;
    private const byte TrapPayload = (byte)(TrapCode.HeapMisaligned - 1);

    /// <summary>x87 control word with every exception unmasked.</summary>
    private const uint Unmasked = 0x0340;

    internal static byte[] Code(GuestMess mess, GuestEnd end, ProbeRecord* record)
    {
        CodeWriter code = new();
        code.Emit(e => e.Move(Reg64.Rdi, (nint)record));
        if (mess.HasFlag(GuestMess.Control))
        {
            code.Emit(e => e.LoadMxcsr(Reg64.Rdi, Offset(nameof(ProbeRecord.GuestMxcsr))));
            code.Emit(e => e.LoadX87Control(Reg64.Rdi, Offset(nameof(ProbeRecord.GuestX87))));
        }

        if (mess.HasFlag(GuestMess.Pending))
        {
            code.Emit(e => e.StoreImmediate32(Reg64.Rdi, Offset(nameof(ProbeRecord.Scratch)), (int)Unmasked));
            code.Emit(e => e.LoadX87Control(Reg64.Rdi, Offset(nameof(ProbeRecord.Scratch))));
            code.Raw(0xD9, 0xE8).Raw(0xD9, 0xEE).Raw(0xDE, 0xF9); // fld1; fldz; fdivp
        }

        if (mess.HasFlag(GuestMess.Uppers) && Avx.IsSupported)
        {
            VectorCode.FillAll(code);
        }

        if (mess.HasFlag(GuestMess.Sticky))
        {
            code.Emit(e => e.Move(Reg64.Rax, One)).Emit(e => e.MoveFromGeneral(Xmm.Xmm0, Reg64.Rax));
            code.Emit(e => e.Move(Reg64.Rax, Three)).Emit(e => e.MoveFromGeneral(Xmm.Xmm1, Reg64.Rax));
            code.Raw(0xF2, 0x0F, 0x5E, 0xC1); // divsd xmm0, xmm1
        }

        if (mess.HasFlag(GuestMess.Mmx))
        {
            code.Raw(0x48, 0x0F, 0x6E, 0xC0); // movq mm0, rax
        }

        if (mess.HasFlag(GuestMess.Direction))
        {
            code.Emit(e => e.SetDirection());
        }

        if (mess.HasFlag(GuestMess.Alignment))
        {
            code.Emit(e =>
            {
                e.PushFlags();
                e.Pop(Reg64.Rax);
                e.Or(Reg64.Rax, AlignmentFlag);
                e.Push(Reg64.Rax);
                e.PopFlags();
            });
        }

        if (mess.HasFlag(GuestMess.Registers))
        {
            foreach (Reg64 register in CalleeSaved.Registers.Where(r => r != Reg64.Rbx || end != GuestEnd.Return))
            {
                code.Emit(e => e.Move(register, Garbage + (ulong)register));
            }
        }

        return code.Emit(e => EmitEnd(e, end)).Finish();
    }

    // In: rdi = ProbeRecord*.
    private static void EmitEnd(X64Emitter e, GuestEnd end)
    {
        switch (end)
        {
            case GuestEnd.NullRead:
                e.Zero(Reg64.Rax);
                e.Load(Reg64.Rax, Reg64.Rax, 0);
                break;
            case GuestEnd.UndefinedInstruction:
                e.UndefinedInstruction();
                break;
            case GuestEnd.TrapInstruction:
                e.UndefinedWithPayload(TrapPayload);
                break;
            case GuestEnd.DivideByZero:
                e.Zero(Reg64.Rcx);
                e.Move(Reg64.Rax, 1);
                e.SignExtendAccumulator32();
                e.DivideSigned32(Reg64.Rcx);
                break;
            case GuestEnd.BusError:
                // The stack segment's exception, which a base of rbp asks for, arrives as SIGBUS.
                e.Move(Reg64.Rbp, NonCanonical);
                e.Load(Reg64.Rax, Reg64.Rbp, 0);
                break;
            case GuestEnd.CallToNull:
                e.Zero(Reg64.Rax);
                e.Call(Reg64.Rax);
                break;
            case GuestEnd.StackOverflow:
                CodeLabel again = e.NewLabel();
                e.Bind(again);
                e.Call(again);
                break;
            case GuestEnd.NativeRaise:
                e.Move(Reg64.Rdi, (int)RaisedCode);
                e.Move(Reg64.Rax, ThunkVariant.Thunks.NativeRaise);
                e.Call(Reg64.Rax);
                break;
            case GuestEnd.InterruptedInHostFunction or GuestEnd.RaisedByHostFunction:
                e.Load(Reg64.R11, Reg64.Rdi, Offset(nameof(ProbeRecord.Slot)));
                e.CallMemory(Reg64.Rdi, Offset(nameof(ProbeRecord.Adapter)));
                e.UndefinedInstruction();
                break;
            case GuestEnd.InterruptedWhileRunning:
                e.StoreImmediate32(Reg64.Rdi, Offset(nameof(ProbeRecord.Running)), 1);
                CodeLabel spin = e.NewLabel();
                e.Bind(spin);
                e.Pause();
                e.Jump(spin);
                break;
            default:
                e.Return();
                break;
        }
    }

    private static int Offset(string field) => (int)Marshal.OffsetOf<ProbeRecord>(field);
}
