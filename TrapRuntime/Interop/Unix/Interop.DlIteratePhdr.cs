using System.Runtime.InteropServices;

namespace TrapRuntime.Interop;

internal static unsafe partial class Libc
{
    /// <summary>Calls back for each loaded image until the callback returns non-zero (dl_iterate_phdr(3)).</summary>
    /// <param name="callback"><c>int (struct dl_phdr_info*, size_t, void*)</c>.</param>
    /// <param name="data">Handed to the callback.</param>
    [LibraryImport(Libraries.Libc, EntryPoint = "dl_iterate_phdr")]
    internal static partial int DlIteratePhdr(delegate* unmanaged<void*, nuint, void*, int> callback, void* data);
}
