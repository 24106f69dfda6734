namespace TrapRuntime.MachineCode.X64;

/// <summary>
/// Compares floating-point control state and reloads it only where it differs: loading MXCSR with another value costs as
/// much as thirty thunks, and the sticky exception flags differ after any inexact result.
/// </summary>
internal static class ControlState
{
    /// <summary>MXCSR without its six sticky exception flags (Intel SDM volume 1, 10.2.3).</summary>
    private const int MxcsrControlBits = 0xFFC0;

    /// <summary>The flag that makes misaligned accesses fault (Intel SDM volume 1, 3.4.3.3). Managed code makes some.</summary>
    private const int AlignmentCheckFlag = 1 << 18;

    /// <summary>Set, strings are copied downwards (Intel SDM volume 1, 3.4.3.2). The C convention and managed code want it clear.</summary>
    private const int DirectionFlag = 1 << 10;

    /// <summary>Jumps if the direction flag is set: a look costs a third of what clearing it does.</summary>
    /// <remarks>Clobbers: scratch, the arithmetic flags. Needs a stack that may be pushed to.</remarks>
    internal static void JumpIfDirectionIsDown(X64Emitter e, Reg64 scratch, CodeLabel label)
    {
        e.PushFlags();
        e.Pop(scratch);
        e.Test32(scratch, DirectionFlag);
        e.JumpIf(Condition.NotEqual, label);
    }

    /// <summary>Jumps if the control bits of two saved MXCSR values differ.</summary>
    /// <remarks>In: the two places. Clobbers: scratch, flags.</remarks>
    internal static void JumpIfMxcsrDiffers(
        X64Emitter e, Reg64 at, int offset, Reg64 otherAt, int otherOffset, Reg64 scratch, CodeLabel label)
    {
        e.Load32(scratch, at, offset);
        e.Xor32(scratch, otherAt, otherOffset);
        e.Test32(scratch, MxcsrControlBits);
        e.JumpIf(Condition.NotEqual, label);
    }

    /// <summary>Jumps if two saved x87 control words differ.</summary>
    /// <remarks>
    /// In: the two places. Clobbers: both scratch registers, flags. Reads exactly the 16 bits that fnstcw wrote: a wider load could not be
    /// served from the store that is still under way, and would wait for it (Intel optimization manual, store forwarding).
    /// </remarks>
    internal static void JumpIfX87Differs(
        X64Emitter e, Reg64 at, int offset, Reg64 otherAt, int otherOffset, Reg64 scratch, Reg64 otherScratch, CodeLabel label)
    {
        e.Load16(scratch, at, offset);
        e.Load16(otherScratch, otherAt, otherOffset);
        e.Compare32(scratch, otherScratch);
        e.JumpIf(Condition.NotEqual, label);
    }

    /// <summary>Clears the alignment-check flag where it is set: a look costs a tenth of what loading the flags does.</summary>
    /// <remarks>Clobbers: scratch, the arithmetic flags. Needs a stack that may be pushed to.</remarks>
    internal static void ClearAlignmentCheck(X64Emitter e, Reg64 scratch)
    {
        CodeLabel clear = e.NewLabel();
        e.PushFlags();
        e.Pop(scratch);
        e.Test32(scratch, AlignmentCheckFlag);
        e.JumpIf(Condition.Equal, clear);
        e.And(scratch, ~AlignmentCheckFlag);
        e.Push(scratch);
        e.PopFlags();
        e.Bind(clear);
    }
}
