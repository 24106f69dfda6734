using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.Tests.MachineCode.X64.Running;

/// <summary>
/// Puts test code together: pieces of emitted code, and raw bytes for instructions that thunks never need and the emitter
/// therefore lacks. Labels stay within their piece.
/// </summary>
internal sealed class CodeWriter
{
    private readonly List<byte> _code = [];

    /// <summary>Appends emitted code.</summary>
    internal CodeWriter Emit(Action<X64Emitter> emit)
    {
        X64Emitter e = new();
        emit(e);
        _code.AddRange(e.Finish());
        return this;
    }

    /// <summary>Appends one instruction in bytes.</summary>
    internal CodeWriter Raw(params ReadOnlySpan<byte> instruction)
    {
        _code.AddRange(instruction);
        return this;
    }

    /// <summary>Copies the code out.</summary>
    internal byte[] Finish() => [.. _code];
}
