using System.Runtime.InteropServices;
using FluentAssertions;
using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;
using Xunit;

namespace TrapRuntime.Tests.MachineCode.X64.Listings;

/// <summary>
/// Compares every thunk with its reviewed listing in <c>MachineCode/Golden/x64</c>. To take a change over, run these tests with
/// <c>TRAPRUNTIME_WRITE_LISTINGS=TrapRuntime.Tests/MachineCode/Golden/x64</c> (an absolute path), read the difference,
/// and run them again without: a run that writes fails, so that it cannot pass for a check.
/// </summary>
public sealed class ThunkListingTests
{
    private const string WriteVariable = "TRAPRUNTIME_WRITE_LISTINGS";
    private const string Suffix = ".lst";

    public static TheoryData<string> Names => [.. ListedThunks.All.Select(thunk => thunk.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Thunk_matches_its_listing(string name)
    {
        string actual = ThunkListing.Print(ListedThunks.All.Single(thunk => thunk.Name == name));

        if (Environment.GetEnvironmentVariable(WriteVariable) is { Length: > 0 } directory)
        {
            File.WriteAllText(Path.Combine(directory, name + Suffix), actual);
            Assert.Fail($"{name + Suffix} was written to {directory}. Read the difference, then run again without {WriteVariable}.");
        }

        Read(name).Should().Be(actual);
    }

    [Fact]
    public void Every_listing_belongs_to_a_thunk() =>
        typeof(ThunkListingTests).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(Suffix, StringComparison.Ordinal))
            .Should().BeEquivalentTo(ListedThunks.All.Select(thunk => thunk.Name + Suffix));

    [Fact]
    public void Listed_code_is_the_code_that_gets_mapped()
    {
        ThunkSet mapped = ProcessorThunks.Current.Create(ListedThunks.Environment);
        Dictionary<string, nint> addresses = new()
        {
            ["enter"] = mapped.Enter,
            ["host-call"] = mapped.HostCall,
            ["host-callback"] = mapped.HostCallback,
            ["native-on-host-stack"] = mapped.NativeOnHostStack,
            ["native-raise"] = mapped.NativeRaise,
            ["guest-entry"] = mapped.GuestEntry,
            ["safe-copy"] = mapped.SafeCopy,
            ["judge"] = mapped.Judge,
        };

        foreach ((string name, nint address) in addresses)
        {
            ListedThunk thunk = ListedThunks.All.Single(listed => listed.Name == name);
            byte[] code = new byte[thunk.Code.Length];
            Marshal.Copy(address, code, 0, code.Length);

            code.Should().Equal(thunk.Code, "{0} is mapped as listed", name);
        }
    }

    [Fact]
    public void Every_thunk_is_whole_instructions() =>
        ListedThunks.All.Should().NotContain(thunk => ThunkListing.Print(thunk).Contains("(bad)", StringComparison.Ordinal));

    private static string Read(string name)
    {
        using Stream? stream = typeof(ThunkListingTests).Assembly.GetManifestResourceStream(name + Suffix);
        stream.Should().NotBeNull("{0} has a listing; {1} writes it", name, WriteVariable);
        using StreamReader reader = new(stream!);
        return reader.ReadToEnd();
    }
}
