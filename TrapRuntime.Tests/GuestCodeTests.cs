using System.Runtime.InteropServices;
using FluentAssertions;
using TrapRuntime.Activations;
using TrapRuntime.Handlers;
using TrapRuntime.Tests.Support;
using TrapRuntime.Traps;
using Xunit;

namespace TrapRuntime.Tests;

public sealed unsafe class GuestCodeTests
{
    private static readonly byte[] s_return = [0xC3, 0xC3, 0xC3, 0xC3];

    [Fact]
    public void Emitted_code_runs()
    {
        // mov eax, 42; ret
        using GuestCode code = GuestCode.Emit([0xB8, 42, 0, 0, 0, 0xC3]);
        ((delegate* unmanaged<int>)code.Start)().Should().Be(42);
        code.Length.Should().Be((nuint)6);
    }

    [Fact]
    public void Emitted_code_is_registered_with_the_padding_behind_it()
    {
        using GuestCode code = GuestCode.Emit(s_return);
        IsRegistered((nuint)code.Start).Should().BeTrue();
        IsRegistered((nuint)code.Start + code.Length).Should().BeTrue();
    }

    [Fact]
    public void Disposed_code_is_unregistered()
    {
        GuestCode code = GuestCode.Emit(s_return);
        nuint start = (nuint)code.Start;

        code.Dispose();
        code.Dispose();

        IsRegistered(start).Should().BeFalse();
        CodeRegistry.Shared.TryFindEntry(start, out _).Should().BeFalse();
    }

    [Theory]
    [InlineData(0, 16u, "start")]
    [InlineData(0x1000, 0u, "length")]
    [InlineData(-8, 8u, "length")]
    [InlineData(-8, 16u, "length")]
    public void Impossible_range_is_refused(int start, uint length, string parameter)
    {
        Action register = () => GuestCode.Register(start, length);
        register.Should().Throw<ArgumentException>().And.ParamName.Should().Be(parameter);
    }

    [Fact]
    public void Empty_code_is_refused()
    {
        Action emit = () => GuestCode.Emit([]);
        emit.Should().Throw<ArgumentException>().WithMessage("*no code*");
    }

    [Fact]
    public void Overlap_is_refused()
    {
        using GuestCode code = GuestCode.Emit(s_return, new GuestCodeInfo { Name = "first" });
        nint start = code.Start;

        Action register = () => GuestCode.Register(start + 2, 100);

        register.Should().Throw<ArgumentException>().WithMessage("*overlaps*(first)*");
    }

    [Fact]
    public void Refused_annotations_register_nothing()
    {
        nint start = 0x10_0000;
        Action register = () => GuestCode.Register(start, 16, new GuestCodeInfo { TrapSites = [new TrapSite(16, TrapCode.BadSignature)] });

        register.Should().Throw<ArgumentException>();

        IsRegistered((nuint)start).Should().BeFalse();
    }

    [Fact]
    public void Image_is_registered_by_its_executable_segments()
    {
        nint function = NativeLibrary.GetExport(NativeLibrary.Load("libm.so.6"), "cos");

        using GuestCode code = GuestCode.RegisterImage(function, new GuestCodeInfo { Name = "libm" });

        CodeRegistry.Shared.TryFindEntry((nuint)function, out _).Should().BeTrue();
        code.Length.Should().BeGreaterThan((nuint)0x1000);
        ((nuint)function).Should().BeInRange((nuint)code.Start, (nuint)code.Start + code.Length);
    }

    [Fact]
    public void Address_outside_every_image_is_refused()
    {
        Action register = () => GuestCode.RegisterImage(0x10);
        register.Should().Throw<ArgumentException>().WithMessage("*0x10*");
    }

    [Fact]
    public void Code_that_a_guest_of_this_thread_entered_stays()
    {
        using FakeGuest guest = new(16);
        GuestCode code = GuestCode.Emit(s_return, new GuestCodeInfo { Name = "busy" });
        guest.Activation->Entry = (nuint)code.Start + 1;

        AssertStaysUntilGuestLeaves(code, guest);
    }

    [Fact]
    public void Code_that_a_waiting_guest_will_return_to_stays()
    {
        using FakeGuest guest = new(16);
        GuestCode code = GuestCode.Emit(s_return, new GuestCodeInfo { Name = "busy" });
        guest.Activation->HostCallFrame = guest.AddressOf(4);
        guest.Stack[9] = (nuint)code.Start + 2;

        AssertStaysUntilGuestLeaves(code, guest);
    }

    /// <summary>What a guest of long ago left on a stack: the word was taken for a return into new code at the same address.</summary>
    [Fact]
    public void Stale_return_address_does_not_keep_new_code()
    {
        using FakeGuest guest = new(16);
        guest.Activation->HostCallFrame = guest.AddressOf(0);
        ThreadBlock* before = CurrentThread.BlockOrNull;
        for (int i = 0; i < 100; i++)
        {
            GuestCode gone = GuestCode.Emit(s_return);
            guest.Stack[9] = (nuint)gone.Start + 2;
            gone.Dispose();

            GuestCode code = GuestCode.Emit(s_return);
            CurrentThread.BlockOrNull = guest.Thread;
            try
            {
                code.Dispose();
            }
            finally
            {
                CurrentThread.BlockOrNull = before;
            }
        }
    }

    [Fact]
    public void Code_that_only_other_guests_run_beside_can_go()
    {
        using FakeGuest guest = new(16);
        guest.Activation->Entry = 0x1234;
        guest.Activation->HostCallFrame = guest.AddressOf(0);
        GuestCode code = GuestCode.Emit(s_return);
        nuint start = (nuint)code.Start;
        ThreadBlock* before = CurrentThread.BlockOrNull;
        CurrentThread.BlockOrNull = guest.Thread;
        try
        {
            code.Dispose();
        }
        finally
        {
            CurrentThread.BlockOrNull = before;
        }

        IsRegistered(start).Should().BeFalse();
    }

    private static void AssertStaysUntilGuestLeaves(GuestCode code, FakeGuest guest)
    {
        nuint start = (nuint)code.Start;
        ThreadBlock* before = CurrentThread.BlockOrNull;
        CurrentThread.BlockOrNull = guest.Thread;
        InvalidOperationException? refusal = null;
        try
        {
            code.Dispose();
        }
        catch (InvalidOperationException e)
        {
            refusal = e;
        }
        finally
        {
            CurrentThread.BlockOrNull = before;
        }

        refusal.Should().NotBeNull();
        refusal!.Message.Should().Contain("'busy'").And.Contain("nothing was freed");
        IsRegistered(start).Should().BeTrue();
        CodeRegistry.Shared.TryFindEntry(start, out _).Should().BeTrue();
        code.Dispose();
        IsRegistered(start).Should().BeFalse();
    }

    private static bool IsRegistered(nuint address) =>
        CodeRegistry.Shared.Directory.TryFind(address, out _) && CodeSearch.Contains(ProcessState.Block->CodeTable, address);
}
