using TrapRuntime.MachineCode;

namespace TrapRuntime.Tests.MachineCode.X64.Listings;

/// <summary>One thunk to be listed.</summary>
/// <param name="Name">The file name of its listing.</param>
/// <param name="Code">Its bytes, without the padding behind them.</param>
/// <param name="Start">The address of its first byte; all thunks of one emitter share an address space.</param>
/// <param name="Labels">The addresses that have names.</param>
internal sealed record ListedThunk(string Name, byte[] Code, int Start, IReadOnlyDictionary<int, string> Labels)
{
    public override string ToString() => Name;
}
