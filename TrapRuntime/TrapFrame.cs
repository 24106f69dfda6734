namespace TrapRuntime;

/// <summary>One guest frame of a back-trace.</summary>
/// <param name="ProgramCounter">
/// The address of the faulting instruction in the innermost frame; in the others the return address minus one, which lies inside the call.
/// </param>
/// <param name="CodeName">The name of the <see cref="GuestCode"/> that holds it, or null.</param>
/// <param name="FunctionName">The name of the <see cref="GuestSymbol"/> that covers it, or null.</param>
/// <param name="FunctionOffset">
/// Bytes from the start of that function; without a function, from the start of the code; without either, 0.
/// </param>
public readonly record struct TrapFrame(nuint ProgramCounter, string? CodeName, string? FunctionName, nuint FunctionOffset);
