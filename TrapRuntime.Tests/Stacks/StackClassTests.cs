using FluentAssertions;
using FsCheck;
using FsCheck.Fluent;
using TrapRuntime.Stacks;
using Xunit;

namespace TrapRuntime.Tests.Stacks;

public sealed class StackClassTests
{
    private static readonly Arbitrary<int> s_sizes = Gen.Choose(GuestStacks.MinSize, GuestStacks.MaxSize).ToArbitrary();

    [Fact]
    public void The_class_of_a_size_is_the_smallest_that_holds_it() =>
        Prop.ForAll(
            s_sizes,
            static bytes =>
            {
                nuint size = StackSize.Clamp(bytes);
                int stackClass = StackClass.Of(size);
                return StackClass.UsableSize(stackClass) >= size
                    && (stackClass == 0 || StackClass.UsableSize(stackClass - 1) < size);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_stack_of_its_own_class_always_fits_a_request() =>
        Prop.ForAll(
            s_sizes,
            static bytes =>
            {
                nuint size = StackSize.Clamp(bytes);
                return StackClass.Fits(StackClass.UsableSize(StackClass.Of(size)), size);
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void Fitting_means_large_enough_but_not_far_too_large() =>
        Prop.ForAll(
            s_sizes,
            s_sizes,
            static (usable, size) =>
                StackClass.Fits((nuint)usable, (nuint)size) == (usable >= size && usable - (long)size <= size + (long)StackClass.MaxSlack))
            .QuickCheckThrowOnFailure();

    [Fact]
    public void No_stack_fits_no_request() => StackClass.Fits(0, GuestStacks.MinSize).Should().BeFalse();

    [Fact]
    public void The_smallest_and_the_largest_class_are_the_limits()
    {
        StackClass.UsableSize(0).Should().Be(GuestStacks.MinSize);
        StackClass.UsableSize(StackClass.Count - 1).Should().Be(GuestStacks.MaxSize);
    }
}
