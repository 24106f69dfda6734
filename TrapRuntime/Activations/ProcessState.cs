using System.Runtime.InteropServices;

namespace TrapRuntime.Activations;

/// <summary>Holds the one <see cref="ProcessBlock"/> of the process.</summary>
internal static unsafe class ProcessState
{
    /// <summary>The record all threads share. Made on first use, zeroed, never freed.</summary>
    internal static readonly ProcessBlock* Block = (ProcessBlock*)NativeMemory.AllocZeroed((nuint)sizeof(ProcessBlock));
}
