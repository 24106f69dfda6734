using FluentAssertions;
using TrapRuntime.Platforms;
using TrapRuntime.Traps;
using Xunit;

namespace TrapRuntime.Tests.Traps;

public sealed class CodeAnnotationsTests
{
    private const nuint Start = 0x1000;
    private static readonly AddressRange[] s_range = [new(Start, 0x1100)];

    [Fact]
    public void Trap_site_matches_its_exact_address_only()
    {
        CodeAnnotations annotations = new(s_range, new GuestCodeInfo
        {
            TrapSites = [new TrapSite(0x20, TrapCode.BadSignature), new TrapSite(0x10, TrapCode.IntegerOverflow), new TrapSite(0xff, TrapCode.HeapMisaligned)],
        });

        annotations.FindSite(Start + 0x10).Should().Be(TrapCode.IntegerOverflow);
        annotations.FindSite(Start + 0x20).Should().Be(TrapCode.BadSignature);
        annotations.FindSite(Start + 0xff).Should().Be(TrapCode.HeapMisaligned);
        annotations.FindSite(Start + 0x11).Should().Be(TrapCode.None);
        annotations.FindSite(Start + 0x0f).Should().Be(TrapCode.None);
        annotations.FindSite(Start - 0xf0).Should().Be(TrapCode.None);
    }

    [Theory]
    [InlineData(0x00u, null, 0x00u)]
    [InlineData(0x10u, "first", 0x0u)]
    [InlineData(0x17u, "first", 0x7u)]
    [InlineData(0x18u, null, 0x18u)]
    [InlineData(0x20u, "open", 0x0u)]
    [InlineData(0x3fu, "open", 0x1fu)]
    [InlineData(0x40u, "last", 0x0u)]
    [InlineData(0xffu, "last", 0xbfu)]
    public void Address_is_named_after_the_symbol_that_covers_it(uint offset, string? name, uint functionOffset)
    {
        CodeAnnotations annotations = new(s_range, new GuestCodeInfo
        {
            Name = "module",
            Symbols = [new GuestSymbol(0x40, 0, "last"), new GuestSymbol(0x10, 8, "first"), new GuestSymbol(0x20, 0, "open")],
        });

        annotations.Describe(Start + offset).Should().Be(new TrapFrame(Start + offset, "module", name, functionOffset));
    }

    [Fact]
    public void Lists_are_copied()
    {
        List<GuestSymbol> symbols = [new(0, 0, "before")];
        CodeAnnotations annotations = new(s_range, new GuestCodeInfo { Symbols = symbols });

        symbols[0] = new GuestSymbol(0, 0, "after");

        annotations.Describe(Start).FunctionName.Should().Be("before");
    }

    [Fact]
    public void Wrong_annotations_are_refused_with_the_reason()
    {
        Refusal(new GuestCodeInfo { TrapSites = [new(0x100, TrapCode.BadSignature)] }).Should().Contain("0x100").And.Contain("outside");
        Refusal(new GuestCodeInfo { TrapSites = [new(1, TrapCode.None)] }).Should().Contain("means nothing");
        Refusal(new GuestCodeInfo { TrapSites = [new(1, (TrapCode)99)] }).Should().Contain("99");
        Refusal(new GuestCodeInfo { TrapSites = [new(1, TrapCode.BadSignature), new(1, TrapCode.BadSignature)] }).Should().Contain("two trap sites");
        Refusal(new GuestCodeInfo { Symbols = [new(0x100, 0, "far")] }).Should().Contain("'far'").And.Contain("outside");
        Refusal(new GuestCodeInfo { Symbols = [new(0xf0, 0x11, "long")] }).Should().Contain("'long'").And.Contain("outside");
        Refusal(new GuestCodeInfo { Symbols = [new(0, 1, null!)] }).Should().Contain("no name");
        Refusal(new GuestCodeInfo { Symbols = [new(4, 1, "a"), new(4, 2, "b")] }).Should().Contain("'a'").And.Contain("'b'");
        Refusal(new GuestCodeInfo { Symbols = null! }).Should().Contain("Symbols is null");
        Refusal(new GuestCodeInfo { TrapSites = null! }).Should().Contain("TrapSites is null");
    }

    [Fact]
    public void Gap_between_two_segments_holds_no_site()
    {
        Action make = () => _ = new CodeAnnotations(
            [new(0x1000, 0x1100), new(0x2000, 0x2100)],
            new GuestCodeInfo { TrapSites = [new(0x800, TrapCode.BadSignature)] });
        make.Should().Throw<ArgumentException>();
    }

    private static string Refusal(GuestCodeInfo info)
    {
        Action make = () => _ = new CodeAnnotations(s_range, info);
        return make.Should().Throw<ArgumentException>().And.Message;
    }
}
