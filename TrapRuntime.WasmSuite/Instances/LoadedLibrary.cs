using System.Runtime.InteropServices;

namespace TrapRuntime.WasmSuite.Instances;

/// <summary>A module's shared library in memory, its code announced. Every instance loads one of its own.</summary>
internal sealed unsafe class LoadedLibrary : IDisposable
{
    private readonly nint _handle;
    private readonly GuestCode _code;

    private LoadedLibrary(nint handle, GuestCode code)
    {
        _handle = handle;
        _code = code;
    }

    /// <summary>Loads a library from a copy, because the system's loader gives the same file only once.</summary>
    internal static LoadedLibrary Load(string path, string name)
    {
        string copy = $"{path}.{Guid.NewGuid():n}";
        File.Copy(path, copy);
        try
        {
            nint handle = NativeLibrary.Load(copy);
            return new LoadedLibrary(handle, GuestCode.RegisterImage(NativeLibrary.GetExport(handle, "suite_initialize"), new GuestCodeInfo { Name = name }));
        }
        finally
        {
            File.Delete(copy);
        }
    }

    /// <summary>Finds a symbol.</summary>
    internal nint Find(string symbol) => NativeLibrary.GetExport(_handle, symbol);

    /// <summary>Gives the library its host.</summary>
    internal void SetHost(nint table) => *(nint*)Find("suite_host") = table;

    /// <inheritdoc/>
    public void Dispose()
    {
        _code.Dispose();
        NativeLibrary.Free(_handle);
    }
}
