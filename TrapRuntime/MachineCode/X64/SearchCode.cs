using System.Numerics;
using TrapRuntime.Activations;

namespace TrapRuntime.MachineCode.X64;

/// <summary>Looks an address up in the registered code ranges: the machine-code twin of <c>Handlers/CodeSearch</c>.</summary>
internal static class SearchCode
{
    // In:  rdi = address, rsi = upper CodeTable* (not null). Falls through when a range holds the address, else goes to `missing`.
    // Clobbers: rax, rcx, rdx, rsi, flags.
    internal static void Emit(X64Emitter e, CodeLabel missing)
    {
        EmitLevel(e);
        e.Compare(Reg64.Rdi, Reg64.Rsi, ProcessOffsets.EntryStart);
        e.JumpIf(Condition.Below, missing);
        e.Load(Reg64.Rsi, Reg64.Rsi, ProcessOffsets.EntryEndOrTable);
        EmitLevel(e);
        e.Compare(Reg64.Rdi, Reg64.Rsi, ProcessOffsets.EntryStart);
        e.JumpIf(Condition.Below, missing);
        e.Compare(Reg64.Rdi, Reg64.Rsi, ProcessOffsets.EntryEndOrTable);
        e.JumpIf(Condition.AboveOrEqual, missing);
    }

    // In:  rdi = address, rsi = CodeTable*. Out: rsi = the last entry that starts at or below the address, else the first.
    private static unsafe void EmitLevel(X64Emitter e)
    {
        byte entryShift = (byte)BitOperations.Log2((uint)sizeof(CodeEntry));
        CodeLabel step = e.NewLabel();
        CodeLabel found = e.NewLabel();

        e.Load(Reg64.Rdx, Reg64.Rsi, ProcessOffsets.TableCount);
        e.Address(Reg64.Rsi, Reg64.Rsi, ProcessOffsets.TableFirstEntry);
        e.Bind(step);
        e.Compare(Reg64.Rdx, 1);
        e.JumpIf(Condition.BelowOrEqual, found);
        e.Move(Reg64.Rcx, Reg64.Rdx);
        e.ShiftRight(Reg64.Rcx, 1);
        e.Subtract(Reg64.Rdx, Reg64.Rcx);
        e.ShiftLeft(Reg64.Rcx, entryShift);
        e.Add(Reg64.Rcx, Reg64.Rsi);
        e.Compare(Reg64.Rdi, Reg64.Rcx, ProcessOffsets.EntryStart);
        e.MoveIf(Condition.AboveOrEqual, Reg64.Rsi, Reg64.Rcx);
        e.Jump(step);
        e.Bind(found);
    }
}
