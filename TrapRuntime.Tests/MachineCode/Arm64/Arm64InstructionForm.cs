using FluentAssertions;
using TrapRuntime.MachineCode.Arm64;
using TrapRuntime.Tests.Support;

namespace TrapRuntime.Tests.MachineCode.Arm64;

/// <summary>Emits many instructions in a row and compares what an independent disassembler reads.</summary>
internal static class Arm64InstructionForm
{
    /// <summary>Compares one instruction.</summary>
    internal static void ShouldRead(Action<Arm64Emitter> emit, string expected) => ShouldRead([(emit, expected)]);

    /// <summary>Compares instructions, each of which must be one word.</summary>
    internal static void ShouldRead(IEnumerable<(Action<Arm64Emitter> Emit, string Expected)> cases)
    {
        Arm64Emitter emitter = new();
        List<string> expected = [];
        foreach ((Action<Arm64Emitter> emit, string line) in cases)
        {
            emit(emitter);
            expected.Add(line);
        }

        emitter.Position.Should().Be(expected.Count * sizeof(uint)).And.BePositive();
        IReadOnlyList<string> read = Arm64Disassembly.Print(emitter.Finish());
        expected.Zip(read).Where(pair => pair.First != pair.Second).Should().BeEmpty();
        read.Should().HaveCount(expected.Count);
    }
}
