using FluentAssertions;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Coexistence;

/// <summary>Crash dumps as CoreCLR writes them; NativeAOT needs a dump program beside the executable, which this one does not ship.</summary>
public sealed class CrashDumpTests : IDisposable
{
    private const int Killed = 128;
    private const int SIGSEGV = 11;

    private readonly string _folder = Directory.CreateTempSubdirectory("dumps").FullName;

    [Fact]
    public void Guest_traps_write_no_dump()
    {
        ProcessResult result = Run("coexist", "state-kept");

        result.ExitCode.Should().Be(0, result.ToString());
        Directory.GetFiles(_folder).Should().BeEmpty();
    }

    [Fact]
    public void Crash_writes_its_dump_and_ends_as_without_us()
    {
        ProcessResult result = Run("crash-native-write");

        result.ExitCode.Should().Be(Killed + SIGSEGV, result.ToString());
        Directory.GetFiles(_folder).Should().ContainSingle();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ProcessResult Run(params string[] arguments) => SmokeChild.Run(
        SmokeRuntime.CoreClr,
        [],
        new Dictionary<string, string>
        {
            ["DOTNET_DbgEnableMiniDump"] = "1",
            ["DOTNET_DbgMiniDumpType"] = "1",
            ["DOTNET_DbgMiniDumpName"] = Path.Combine(_folder, "%p.dmp"),
        },
        arguments);
}
