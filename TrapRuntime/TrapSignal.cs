using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace TrapRuntime;

/// <summary>What a <see cref="TrapHandlerFn"/> sees. Valid during the call only.</summary>
[StructLayout(LayoutKind.Sequential)]
[SuppressMessage("Design", "CA1051", Justification = "Native code fills this record and native code reads it: its fields are its layout.")]
[SuppressMessage("Performance", "CA1815", Justification = "Lives inside one signal, never compared.")]
public unsafe struct TrapSignal
{
    /// <summary>The signal number; on Windows the exception code.</summary>
    public int Signal;

    /// <summary>The system's <c>siginfo_t*</c>; on Windows the <c>EXCEPTION_RECORD*</c>.</summary>
    public void* Info;

    /// <summary>The interrupted registers, <c>ucontext_t*</c>, to read and to change; on Windows the <c>EXCEPTION_POINTERS*</c>.</summary>
    public void* Context;
}
