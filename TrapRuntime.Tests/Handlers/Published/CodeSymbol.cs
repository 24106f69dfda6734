namespace TrapRuntime.Tests.Handlers.Published;

/// <summary>A named stretch of an executable.</summary>
internal readonly record struct CodeSymbol(string Name, ulong Start, ulong Size)
{
    internal bool Contains(ulong address) => unchecked(address - Start) < Size;
}
