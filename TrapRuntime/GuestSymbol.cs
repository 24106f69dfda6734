namespace TrapRuntime;

/// <summary>A named function in guest code.</summary>
/// <param name="Offset">Bytes from <see cref="GuestCode.Start"/> to the function.</param>
/// <param name="Length">The function's size in bytes; 0 means up to the next symbol, or to the end of the code.</param>
/// <param name="Name">The name that back-traces show.</param>
public readonly record struct GuestSymbol(uint Offset, uint Length, string Name);
