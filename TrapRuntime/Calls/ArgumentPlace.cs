namespace TrapRuntime.Calls;

/// <summary>Where the calling convention puts one argument.</summary>
internal readonly record struct ArgumentPlace(ArgumentStorage Storage, int Index);
