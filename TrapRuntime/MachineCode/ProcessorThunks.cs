using System.Runtime.InteropServices;
using TrapRuntime.MachineCode.X64;
using TrapRuntime.Platforms;

namespace TrapRuntime.MachineCode;

/// <summary>Emits the thunks of the running processor. One subclass a processor; nobody outside its folder names one.</summary>
/// <remarks>What is mapped here is never freed unless said so: a late signal may still come to it.</remarks>
internal abstract class ProcessorThunks
{
    /// <summary>Gets the thunks of the running processor.</summary>
    internal static ProcessorThunks Current { get; } = Create();

    /// <summary>Gets the distance between two entries of a page of host functions, in bytes.</summary>
    internal abstract int HostEntryBytes { get; }

    /// <summary>Gets how many integer arguments the C convention passes in registers.</summary>
    internal abstract int GeneralArguments { get; }

    /// <summary>Gets how many floating-point arguments the C convention passes in registers.</summary>
    internal abstract int VectorArguments { get; }

    /// <summary>Adds what only the processor knows.</summary>
    /// <exception cref="OutOfMemoryException">No executable memory could be had.</exception>
    internal abstract ThunkEnvironment WithProcessorFacts(ThunkEnvironment environment);

    /// <summary>Emits the thunks of the process into one buffer.</summary>
    /// <exception cref="OutOfMemoryException">No executable memory could be had.</exception>
    internal abstract ThunkSet Create(ThunkEnvironment environment);

    /// <summary>Emits one gate.</summary>
    /// <returns>Its entry; its own way back into the kernel stands <see cref="PlatformSignals.RestorerDistance"/> ahead of it.</returns>
    /// <exception cref="OutOfMemoryException">No executable memory could be had.</exception>
    internal abstract nint CreateGate(ThunkEnvironment environment, ThunkSet thunks, nint record);

    /// <summary>Emits a thread-end destructor: <c>void (ThreadBlock*)</c>.</summary>
    /// <exception cref="OutOfMemoryException">No executable memory could be had.</exception>
    internal abstract nint CreateThreadEnd(in SystemCallNumbers calls, bool isLast);

    /// <summary>Emits the subroutine that asks the C library for the thread block.</summary>
    /// <exception cref="OutOfMemoryException">No executable memory could be had.</exception>
    internal abstract nint CreateFindThreadBlock(nint getSpecific, uint key);

    /// <summary>Emits a function that reads a word at the thread pointer: <c>size_t (void)</c>. The caller frees it.</summary>
    /// <exception cref="OutOfMemoryException">No executable memory could be had.</exception>
    internal abstract CodeBuffer CreateReadThreadPointer();

    /// <summary>Writes the entries of host functions, without mapping them.</summary>
    /// <param name="codeBytes">The bytes of the page; the entries' data follow behind it.</param>
    /// <param name="count">How many entries.</param>
    internal abstract byte[] EmitHostEntries(int codeBytes, int count);

    private static ProcessorThunks Create() =>
        RuntimeInformation.ProcessArchitecture == Architecture.X64 ? new X64Thunks()
        : throw new PlatformNotSupportedException(PlatformSupport.Reason);
}
