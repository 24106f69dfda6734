using System.Runtime.InteropServices;
using FluentAssertions;
using TrapRuntime.Platforms;
using TrapRuntime.Tests.MachineCode.X64.Running;
using Xunit;

namespace TrapRuntime.Tests.MachineCode.X64;

[Collection(ThunksCollection.Name)]
public sealed unsafe class SafeCopyThunkTests : IDisposable
{
    private const int Length = 100;

    private readonly nuint _page = PlatformMemory.Current.PageSize;
    private readonly nint _start;
    private readonly nint _end;

    public SafeCopyThunkTests()
    {
        _ = ThunkVariant.Thunks;
        _start = PlatformMemory.Current.Reserve(_page * 2);
        PlatformMemory.Current.TryProtect(_start, _page, PageAccess.ReadWrite).Should().BeTrue();
        _end = _start + (nint)_page;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Length)]
    public void Readable_memory_is_copied(int length)
    {
        byte[] expected = [.. Enumerable.Range(1, length).Select(i => (byte)i)];
        Marshal.Copy(expected, 0, _end - length, length);
        byte[] target = new byte[length + 1];

        fixed (byte* to = target)
        {
            Copy(to, (void*)(_end - length), (nuint)length).Should().Be(1);
        }

        target.Should().Equal([.. expected, 0]);
    }

    [Fact]
    public void Fault_at_the_source_is_answered() => Copy((void*)_start, (void*)(_end - Length), Length + 1).Should().Be(0);

    [Fact]
    public void Fault_at_the_destination_is_answered() => Copy((void*)(_end - Length), (void*)_start, Length + 1).Should().Be(0);

    [Fact]
    public void Non_canonical_address_is_answered() =>
        Copy((void*)_start, (void*)unchecked((nint)0x8000_0000_0000_0000), 1).Should().Be(0);

    [Fact]
    public void Thread_without_a_block_survives_a_fault()
    {
        int answer = -1;
        Thread thread = new(() => answer = Copy((void*)_start, (void*)_end, 1));

        thread.Start();
        thread.Join();

        answer.Should().Be(0);
    }

    public void Dispose() => PlatformMemory.Current.Release(_start, _page * 2);

    private static int Copy(void* destination, void* source, nuint length) =>
        ((delegate* unmanaged<void*, void*, nuint, int>)ThunkVariant.Thunks.SafeCopy)(destination, source, length);
}
