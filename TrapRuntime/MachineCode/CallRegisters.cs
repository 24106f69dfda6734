using System.Runtime.InteropServices;

namespace TrapRuntime.MachineCode;

/// <summary>The argument registers of a call, spilled to memory, with where its stack arguments lie and room for its result.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct CallRegisters
{
    /// <summary>System V passes 6 integers in registers; AAPCS64 passes 8.</summary>
    internal const int MaxGeneral = 8;

    /// <summary>Both conventions pass 8 floating-point values in registers.</summary>
    internal const int MaxVector = 8;

    /// <summary>The integer argument registers, in order.</summary>
    internal fixed ulong General[MaxGeneral];

    /// <summary>The low 64 bits of the floating-point argument registers, in order.</summary>
    internal fixed ulong Vector[MaxVector];

    /// <summary>The first stack argument.</summary>
    internal ulong* StackArguments;

    /// <summary>The number of 8-byte stack arguments.</summary>
    internal nint StackWords;

    /// <summary>The function to call (into the guest only).</summary>
    internal nint Target;

    /// <summary>The integer result.</summary>
    internal ulong GeneralResult;

    /// <summary>The low 64 bits of the floating-point result.</summary>
    internal ulong VectorResult;
}
