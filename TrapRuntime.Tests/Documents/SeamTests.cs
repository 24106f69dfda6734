using FluentAssertions;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Documents;

public sealed class SeamTests
{
    /// <summary>A port is a new folder: besides the folder itself, only the places that choose between ports know what is in it.</summary>
    [Theory]
    [InlineData("MachineCode/X64", "MachineCode/ProcessorThunks.cs")]
    [InlineData("Traps/X64", "Traps/FaultRecord.cs Traps/TrapBuilder.cs Traps/TrapInstruction.cs")]
    [InlineData("Traps/Arm64", "Traps/FaultRecord.cs Traps/TrapInstruction.cs")]
    [InlineData(
        "Platforms/Linux",
        "Handlers/LinuxX64Entry.cs Interop/Unix/Interop.SigAction.cs Interop/Unix/Interop.SigAltStack.cs MachineCode/X64/GateThunk.cs "
        + "MachineCode/X64/ProtectionKeys.cs Platforms/PlatformFaults.cs Platforms/PlatformImages.cs Platforms/PlatformMemory.cs "
        + "Platforms/PlatformSignals.cs Platforms/SignalFrame.cs Signals/HandlerAddresses.cs Signals/HandlerRehearsal.cs")]
    public void Only_those_who_choose_a_port_name_it(string folder, string choosers)
    {
        string root = Repository.PathOf("TrapRuntime");
        string name = $"TrapRuntime.{folder.Replace('/', '.')}";
        string[] naming =
        [
            .. Directory.EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(root, file).Replace('\\', '/'))
                .Where(file => !file.StartsWith("obj/", StringComparison.Ordinal) && !file.StartsWith($"{folder}/", StringComparison.Ordinal))
                .Where(file => File.ReadLines(Path.Combine(root, file)).Any(line => line.Contains(name, StringComparison.Ordinal)))
                .Order(StringComparer.Ordinal),
        ];

        naming.Should().Equal(choosers.Split(' '));
    }
}
