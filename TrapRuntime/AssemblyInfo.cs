using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

// Every native signature in this library is made of blittable types, so no marshalling stub is wanted.
[assembly: DisableRuntimeMarshalling]
[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
