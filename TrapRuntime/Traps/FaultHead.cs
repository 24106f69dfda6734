using System.Runtime.InteropServices;

namespace TrapRuntime.Traps;

/// <summary>The front of a <see cref="FaultRecord"/>: a whole number of words.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct FaultHead
{
    /// <summary>The signal number.</summary>
    internal int Signal;

    /// <summary>Its reason, <c>si_code</c>.</summary>
    internal int SignalCode;

    /// <summary>What was being done with <see cref="Address"/>.</summary>
    internal FaultAccess Access;

    /// <summary>How many general registers follow the head.</summary>
    internal short GeneralCount;

    /// <summary>Whether the fault names an address.</summary>
    internal bool HasAddress;

    /// <summary>The address that could not be accessed.</summary>
    internal nuint Address;

    /// <summary>The stack pointer.</summary>
    internal nuint StackPointer;

    /// <summary>The frame pointer.</summary>
    internal nuint FramePointer;
}
