using System.Runtime.InteropServices;

namespace TrapRuntime.Interop;

internal static partial class Libc
{
    /// <summary>Reads the kernel's auxiliary vector (getauxval(3)); 0 for an entry that is absent.</summary>
    [LibraryImport(Libraries.Libc, EntryPoint = "getauxval")]
    internal static partial nuint GetAuxVal(nuint type);
}
