using TrapRuntime.Activations;

namespace TrapRuntime.Traps.Arm64;

/// <summary>Reads the exception syndrome, ESR_EL1 (Arm ARM, D24.2.40).</summary>
internal static class ExceptionSyndrome
{
    private const int ClassShift = 26;
    private const nuint ClassMask = 0x3F;
    private const nuint InstructionAbortLower = 0x20;
    private const nuint InstructionAbortSame = 0x21;
    private const nuint DataAbortLower = 0x24;
    private const nuint DataAbortSame = 0x25;
    private const nuint WriteNotRead = 1 << 6;
    private const nuint CacheMaintenance = 1 << 8;

    /// <summary>Tells what the instruction was doing.</summary>
    internal static FaultAccess AccessOf(in TrapCapture capture) => ((capture.ErrorCode >> ClassShift) & ClassMask) switch
    {
        InstructionAbortLower or InstructionAbortSame => FaultAccess.Execute,

        // Cache maintenance by address always reports a write, whatever it is.
        DataAbortLower or DataAbortSame when (capture.ErrorCode & CacheMaintenance) != 0 => FaultAccess.Unknown,
        DataAbortLower or DataAbortSame => (capture.ErrorCode & WriteNotRead) != 0 ? FaultAccess.Write : FaultAccess.Read,
        _ => FaultAccess.Unknown,
    };
}
