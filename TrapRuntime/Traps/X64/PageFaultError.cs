using TrapRuntime.Activations;

namespace TrapRuntime.Traps.X64;

/// <summary>Reads the page-fault error code (Intel SDM volume 3, 4.7).</summary>
internal static class PageFaultError
{
    /// <summary>The exception number of a page fault.</summary>
    internal const nuint PageFault = 14;

    private const nuint Write = 1 << 1;
    private const nuint InstructionFetch = 1 << 4;

    /// <summary>Tells what the instruction was doing. Other exceptions have other error codes: they say nothing.</summary>
    internal static FaultAccess AccessOf(in TrapCapture capture) =>
        capture.ExceptionNumber != PageFault ? FaultAccess.Unknown
        : (capture.ErrorCode & InstructionFetch) != 0 ? FaultAccess.Execute
        : (capture.ErrorCode & Write) != 0 ? FaultAccess.Write
        : FaultAccess.Read;
}
