using System.Runtime.InteropServices;
using TrapRuntime.MachineCode;

namespace TrapRuntime.Tests.MachineCode.X64.Running;

/// <summary>The data of a host function's entry, without the entry.</summary>
internal sealed unsafe class TestSlot : IDisposable
{
    internal TestSlot(nint adapter, nint target, int stackWords)
    {
        Address = (nint)NativeMemory.AllocZeroed((nuint)sizeof(HostSlot));
        *(HostSlot*)Address = new HostSlot { Adapter = adapter, Target = target, StackWords = stackWords };
    }

    internal nint Address { get; }

    public void Dispose() => NativeMemory.Free((void*)Address);
}
