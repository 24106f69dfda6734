namespace TrapRuntime;

/// <summary>An instruction of which the code generator knows why it traps.</summary>
/// <param name="Offset">Bytes from <see cref="GuestCode.Start"/> to the first byte of the instruction; matched exactly.</param>
/// <param name="Code">What a fault there means; never <see cref="TrapCode.None"/>.</param>
public readonly record struct TrapSite(uint Offset, TrapCode Code);
