using FluentAssertions;
using FsCheck;
using FsCheck.Fluent;
using TrapRuntime.Stacks;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Stacks;

[Collection(StacksCollection.Name)]
public sealed class StackSizeTests
{
    private static readonly nuint s_page = (nuint)Environment.SystemPageSize;

    [Fact]
    public void A_clamped_size_is_whole_pages_within_the_limits_and_no_less_than_asked() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<int>(),
            static bytes =>
            {
                nuint size = StackSize.Clamp(bytes);
                return size % s_page == 0
                    && size >= GuestStacks.MinSize
                    && size <= GuestStacks.MaxSize
                    && (bytes > GuestStacks.MaxSize || bytes < 0 || size >= (nuint)bytes);
            }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(GuestStacks.MinSize - 1)]
    public void A_request_below_the_minimum_gets_the_minimum(int bytes) =>
        StackSize.Limit(bytes).Should().Be(GuestStacks.MinSize);

    [Theory]
    [InlineData(GuestStacks.MaxSize + 1)]
    [InlineData(int.MaxValue)]
    public void A_request_above_the_maximum_gets_the_maximum(int bytes) =>
        StackSize.Clamp(bytes).Should().Be(GuestStacks.MaxSize);

    [Fact]
    public void A_byte_more_than_a_page_is_two_pages() =>
        StackSize.Clamp(GuestStacks.MinSize + 1).Should().Be(GuestStacks.MinSize + s_page);
}
