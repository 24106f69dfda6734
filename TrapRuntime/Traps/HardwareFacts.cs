namespace TrapRuntime.Traps;

/// <summary>The part of a trap that only a signal fills.</summary>
/// <param name="Signal">The signal number.</param>
/// <param name="SignalCode">Its reason, <c>si_code</c>.</param>
/// <param name="FaultAddress">The address that could not be accessed, or null.</param>
/// <param name="Access">What was being done with it.</param>
/// <param name="Registers">The registers at the fault.</param>
/// <param name="Detail">What the message says beyond the code, or null.</param>
internal sealed record HardwareFacts(
    int Signal, int SignalCode, nuint? FaultAddress, FaultAccess Access, TrapRegisters Registers, TrapDetail? Detail);
