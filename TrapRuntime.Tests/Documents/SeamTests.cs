using System.Text.RegularExpressions;
using FluentAssertions;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Documents;

public sealed partial class SeamTests
{
    private static readonly string[][] s_layers =
    [
        ["Activations"],
        ["Interop", "Platforms"],
        ["MachineCode"],
        ["Stacks", "Traps"],
        ["Handlers", "Diagnostics"],
        ["Signals"],
        ["Calls"],
    ];

    /// <summary>The order that ARCHITECTURE.md gives; the public types, in no folder, are above all.</summary>
    [Fact]
    public void No_layer_uses_a_higher_one()
    {
        string root = Repository.PathOf("TrapRuntime");
        List<string> wrong = [];
        for (int layer = 0; layer < s_layers.Length; layer++)
        {
            string[] higher = [.. s_layers[(layer + 1)..].SelectMany(static folders => folders)];
            foreach (string file in s_layers[layer].SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories)))
            {
                wrong.AddRange(File.ReadLines(file).SelectMany(static line => Use().Matches(line)).Select(static use => use.Groups[1].Value)
                    .Where(higher.Contains).Select(used => $"{Path.GetRelativePath(root, file)} uses {used}"));
            }
        }

        wrong.Should().BeEmpty();
    }

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

    [GeneratedRegex(@"^using TrapRuntime\.(\w+)")]
    private static partial Regex Use();
}
