using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.Tests.MachineCode.X64.Running;

/// <summary>The registers a System V callee must give back as it found them, and values nobody would put there by chance.</summary>
internal static class CalleeSaved
{
    private const ulong FirstSentinel = 0x5E47_1E1A_0000_1000;
    private const ulong Step = 0x11;

    internal static IReadOnlyList<Reg64> Registers { get; } = [Reg64.Rbx, Reg64.Rbp, Reg64.R12, Reg64.R13, Reg64.R14, Reg64.R15];

    internal static IReadOnlyList<ulong> Sentinels { get; } = [.. Enumerable.Range(0, 6).Select(i => FirstSentinel + ((ulong)i * Step))];

    /// <summary>Loads the sentinels, each shifted by the same amount.</summary>
    internal static void Load(X64Emitter e, ulong shift = 0)
    {
        for (int i = 0; i < Registers.Count; i++)
        {
            e.Move(Registers[i], Sentinels[i] + shift);
        }
    }

    /// <summary>Stores the registers one after another.</summary>
    internal static void Store(X64Emitter e, Reg64 at, int offset)
    {
        for (int i = 0; i < Registers.Count; i++)
        {
            e.Store(at, offset + (i * sizeof(ulong)), Registers[i]);
        }
    }
}
