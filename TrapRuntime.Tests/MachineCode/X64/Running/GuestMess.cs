namespace TrapRuntime.Tests.MachineCode.X64.Running;

/// <summary>What a guest does to the processor before it ends.</summary>
[Flags]
public enum GuestMess
{
    None = 0,

    /// <summary>Fills every callee-saved register with garbage (all but the one a returning guest must keep).</summary>
    Registers = 1,

    /// <summary>Sets the direction flag.</summary>
    Direction = 2,

    /// <summary>Rounds otherwise, in MXCSR and in the x87 control word.</summary>
    Control = 4,

    /// <summary>Leaves the MMX registers in use.</summary>
    Mmx = 8,

    /// <summary>Leaves something in the upper half of each vector register.</summary>
    Uppers = 16,

    /// <summary>Computes an inexact result, which sets a sticky flag.</summary>
    Sticky = 32,

    /// <summary>Asks for alignment checks.</summary>
    Alignment = 64,

    /// <summary>Unmasks x87 exceptions and leaves one pending, which strikes at the next waiting x87 instruction.</summary>
    Pending = 128,

    All = Registers | Direction | Control | Mmx | Uppers | Sticky | Alignment,
}
