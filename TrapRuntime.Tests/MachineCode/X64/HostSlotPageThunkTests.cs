using FluentAssertions;
using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;
using TrapRuntime.Platforms;
using Xunit;

namespace TrapRuntime.Tests.MachineCode.X64;

public sealed unsafe class HostSlotPageThunkTests
{
    [Fact]
    public void Every_entry_leads_to_the_adapter_of_its_own_slot()
    {
        PlatformMemory memory = PlatformMemory.Current;
        nuint page = memory.PageSize;
        int count = (int)page / HostSlotPageThunk.EntryBytes;
        nuint dataBytes = memory.RoundUpToPage((nuint)(count * sizeof(HostSlot)));
        nint start = memory.Reserve(page + dataBytes);
        CodeBuffer.TryFill(start, page, HostSlotPageThunk.Emit((int)page, count)).Should().BeTrue();
        memory.TryProtect(start + (nint)page, dataBytes, PageAccess.ReadWrite).Should().BeTrue();
        HostSlot* slots = (HostSlot*)(start + (nint)page);
        using CodeBuffer adapter = CodeBuffer.TryCreate(ReturnSlot())!;
        for (int i = 0; i < count; i++)
        {
            slots[i].Adapter = adapter.Start;
        }

        List<nint> reached = [.. Enumerable.Range(0, count).Select(i => Call(start + (i * HostSlotPageThunk.EntryBytes)))];

        reached.Should().Equal(Enumerable.Range(0, count).Select(i => (nint)slots + (i * sizeof(HostSlot))));
        memory.Release(start, page + dataBytes);
    }

    private static nint Call(nint entry) => ((delegate* unmanaged<nint>)entry)();

    private static byte[] ReturnSlot()
    {
        X64Emitter e = new();
        e.Move(Reg64.Rax, Reg64.R11);
        e.Return();
        return e.Finish();
    }
}
