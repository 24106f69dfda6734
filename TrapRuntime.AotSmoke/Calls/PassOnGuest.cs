using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Calls;

/// <summary>
/// A guest function of any signature that writes its arguments down, passes them on to a host function of the same signature, and
/// returns what that returns. It fills the upper halves of 32-bit values with rubbish, as the convention allows.
/// </summary>
internal static class PassOnGuest
{
    private const ulong Rubbish = 0xBAD0_BAD1_0000_0000;
    private const int SavedBytes = 16;

    /// <summary>Emits the function.</summary>
    internal static byte[] Write(GuestSignature signature, ArgumentRecord record)
    {
        X64Emitter e = new();
        e.Push(Reg64.Rbp);
        e.Move(Reg64.Rbp, Reg64.Rsp);
        e.Push(Reg64.Rbx);
        e.Push(Reg64.Rbx);
        e.Move(Reg64.Rbx, (ulong)record.Address);
        record.WriteSpill(e, target: false);
        WriteStackArguments(e, signature, record);
        e.Move(Reg64.R10, Rubbish);
        for (int i = 0; i < record.Places.Length; i++)
        {
            if (IsNarrow(signature.Parameters[i]) && !ArgumentRecord.IsOnStack(record.Places[i]))
            {
                WriteRubbish(e, record.Places[i]);
            }
        }

        e.CallMemory(Reg64.Rbx, ArgumentRecord.HostFunction);
        e.Move(Reg64.R10, Rubbish);
        if (signature.Result is GuestValueKind.Int32)
        {
            e.Or(Reg64.Rax, Reg64.R10);
        }
        else if (signature.Result is GuestValueKind.Float32)
        {
            WriteRubbish(e, Xmm.Xmm0);
        }

        e.Address(Reg64.Rsp, Reg64.Rbp, -SavedBytes);
        e.Pop(Reg64.Rbx);
        e.Pop(Reg64.Rbx);
        e.Pop(Reg64.Rbp);
        e.Return();
        return e.Finish();
    }

    private static bool IsNarrow(GuestValueKind kind) => kind is GuestValueKind.Int32 or GuestValueKind.Float32;

    private static void WriteStackArguments(X64Emitter e, GuestSignature signature, ArgumentRecord record)
    {
        if (record.StackWords % 2 != 0)
        {
            e.Push(Reg64.Rax); // calls happen with a 16-byte aligned stack
        }

        e.Move(Reg64.R10, Rubbish);
        for (int i = record.Places.Length - 1; i >= 0; i--)
        {
            if (ArgumentRecord.IsOnStack(record.Places[i]))
            {
                e.Load(Reg64.Rax, Reg64.Rbp, ArgumentRecord.FrameOffsetOf(record.Places[i]));
                if (IsNarrow(signature.Parameters[i]))
                {
                    e.Or(Reg64.Rax, Reg64.R10);
                }

                e.Push(Reg64.Rax);
            }
        }
    }

    private static void WriteRubbish(X64Emitter e, int place)
    {
        if (ArgumentRecord.IsVector(place))
        {
            WriteRubbish(e, ArgumentRecord.VectorOf(place));
        }
        else
        {
            e.Or(ArgumentRecord.GeneralOf(place), Reg64.R10);
        }
    }

    private static void WriteRubbish(X64Emitter e, Xmm register)
    {
        e.MoveToGeneral(Reg64.R11, register);
        e.Or(Reg64.R11, Reg64.R10);
        e.MoveFromGeneral(register, Reg64.R11);
    }
}
