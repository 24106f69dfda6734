using FluentAssertions;
using TrapRuntime.MachineCode.X64;
using TrapRuntime.Tests.MachineCode.X64.Running;
using Xunit;

namespace TrapRuntime.Tests.MachineCode.X64;

[Collection(ThunksCollection.Name)]
public sealed unsafe class HostSwitchTests
{
    /// <summary>More than any thunk needs of the guest's stack.</summary>
    private const int EnoughRoom = 4096;
    private const int Step = sizeof(ulong);

    public enum Way
    {
        HostCall,
        HostCallback,
        NativeOnHostStack,
        NativeRaise,
    }

    [Theory]
    [InlineData(Way.HostCall)]
    [InlineData(Way.HostCallback)]
    [InlineData(Way.NativeOnHostStack)]
    [InlineData(Way.NativeRaise)]
    public void Any_room_left_on_the_guest_stack_is_either_enough_or_an_overflow(Way way)
    {
        using EnterProbe probe = new();
        using Recorder host = new();
        using TestSlot slot = new(AddressOf(way), host.Address, 0);
        using GuestCode code = GuestCode.Emit(CallWithRoom(way, host.Address, slot.Address));
        int overflows = 0;

        for (int room = 0; room <= EnoughRoom; room += Step)
        {
            Trap? trap = Run(code, room).Trap;

            if (trap?.Code == TrapCode.StackOverflow)
            {
                overflows++;
                (overflows * Step).Should().Be(room + Step, "less room cannot be better");
            }
            else
            {
                (trap?.Kind).Should().Be(way == Way.NativeRaise ? TrapKind.Library : null);
            }

            probe.HostStateShouldBeIntact();
        }

        overflows.Should().BeLessThan(EnoughRoom / Step);
    }

    private static TrapResult Run(GuestCode code, int room) => GuestCall.CatchTraps(
        (delegate* unmanaged<void*, void>)code.Start, (void*)room, new VMConfig { StackSize = GuestStacks.MinSize });

    private static nint AddressOf(Way way) => way switch
    {
        Way.HostCall => ThunkVariant.Thunks.HostCall,
        Way.HostCallback => ThunkVariant.Thunks.HostCallback,
        Way.NativeOnHostStack => ThunkVariant.Thunks.NativeOnHostStack,
        _ => ThunkVariant.Thunks.NativeRaise,
    };

    // Moves its stack pointer to so many bytes above the limit of the smallest stack, calls, and returns.
    // In: rdi = bytes.
    private static byte[] CallWithRoom(Way way, nint host, nint slot)
    {
        X64Emitter e = new();
        e.Push(Reg64.Rbx);
        e.Move(Reg64.Rbx, Reg64.Rsp);
        e.Address(Reg64.Rsp, Reg64.Rsp, (2 * sizeof(ulong)) - GuestStacks.MinSize);
        e.Add(Reg64.Rsp, Reg64.Rdi);

        e.Move(Reg64.R11, slot);
        e.Move(Reg64.Rdi, way == Way.NativeRaise ? (int)TestGuest.RaisedCode : host);
        e.Move(Reg64.Rax, AddressOf(way));
        e.Call(Reg64.Rax);
        e.Move(Reg64.Rsp, Reg64.Rbx);
        e.Pop(Reg64.Rbx);
        e.Return();
        return e.Finish();
    }
}
