using System.Runtime.InteropServices;

namespace TrapRuntime.MachineCode;

/// <summary>The data of one host function's entry. The entry leads here, and from here to its adapter.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct HostSlot
{
    /// <summary>The adapter thunk that every call of this entry runs.</summary>
    internal nint Adapter;

    /// <summary>The C# function the adapter calls on the host stack.</summary>
    internal nint Target;

    /// <summary>The number of 8-byte words the guest passes on its stack.</summary>
    internal nint StackWords;

    /// <summary>What the target needs to know which host function it serves: a <c>GCHandle</c>, or 0.</summary>
    internal nint Context;
}
