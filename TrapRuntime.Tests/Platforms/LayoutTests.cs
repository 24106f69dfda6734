using System.Globalization;
using System.Reflection;
using FluentAssertions;
using Mono.Unix.Native;
using TrapRuntime.Platforms.Linux;
using Xunit;

namespace TrapRuntime.Tests.Platforms;

/// <summary>Holds the C# pictures of native things against the system's own headers, and against an independent library.</summary>
public sealed class LayoutTests
{
    [Fact]
    public void Every_native_struct_has_a_row()
    {
        IEnumerable<Type> mapped = LinuxLayouts.Rows.Select(row => row.Type);

        LinuxLayouts.Structs.Except(mapped).Select(type => $"Missing layout row: {type.Name}").Should().BeEmpty();
        LinuxLayouts.Structs.Should().NotBeEmpty();
    }

    [Fact]
    public void Fields_and_constants_are_those_of_the_c_library() => CCompiler.Check(LinuxLayouts.CLibraryAssertions()).Should().BeEmpty();

    [Fact]
    public void Kernels_own_structs_are_as_the_gate_takes_them() => CCompiler.Check(LinuxLayouts.KernelAssertions()).Should().BeEmpty();

    [Fact]
    public void Wrong_offset_is_noticed()
    {
        string source = LinuxLayouts.CLibraryAssertions() + LinuxLayouts.Assertion("offsetof(siginfo_t, si_addr) == 24", "a wrong offset") + "\n";

        CCompiler.Check(source).Should().Contain("a wrong offset");
    }

    [Fact]
    public void Constants_are_those_of_an_independent_library()
    {
        List<string> compared = [];
        List<string> wrong = [];
        foreach (FieldInfo constant in LinuxLayouts.Constants)
        {
            if (IndependentValue(constant.Name) is { } expected)
            {
                compared.Add(constant.Name);
                if (Convert.ToInt64(constant.GetRawConstantValue(), CultureInfo.InvariantCulture) != expected)
                {
                    wrong.Add($"{constant.Name} is {expected}");
                }
            }
        }

        wrong.Should().BeEmpty();
        compared.Should().Contain(
            [nameof(LinuxSignals.SIGSEGV), nameof(LinuxSignals.SIGBUS), nameof(LinuxSignals.SIGUSR1), "PROT_EXEC", "MAP_ANONYMOUS", "MAP_NORESERVE"]);
    }

    // Asks the library's native half, which was compiled against the headers: its enumerations have values of their own.
    private static long? IndependentValue(string name) =>
        Enum.TryParse(name, out Signum signal) ? NativeConvert.FromSignum(signal)
        : Enum.TryParse(name, out MmapProts protection) ? NativeConvert.FromMmapProts(protection)
        : Enum.TryParse(name, out MmapFlags flag) ? NativeConvert.FromMmapFlags(flag)
        : null;
}
