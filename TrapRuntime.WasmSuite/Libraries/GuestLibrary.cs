using System.Runtime.InteropServices;

namespace TrapRuntime.WasmSuite.Libraries;

/// <summary>A native library that knows nothing of guests. Its functions run on guest stacks, and whatever faults there is theirs.</summary>
internal sealed class GuestLibrary
{
    private readonly nint _handle;

    internal GuestLibrary(string file) => _handle = NativeLibrary.Load(file);

    /// <summary>Gets how calls of native libraries run: they call into the C library, which no one announces.</summary>
    internal static VMConfig Config { get; } = new() { CodePolicy = GuestCodePolicy.GuestStack };

    /// <summary>Finds a function.</summary>
    internal GuestFunction Find(string symbol, GuestValueKind? result, params ReadOnlySpan<GuestValueKind> parameters) =>
        new(NativeLibrary.GetExport(_handle, symbol), GuestSignature.Create(parameters, result));

    /// <summary>Announces the library's code.</summary>
    internal GuestCode Register(string anyFunction, string name) =>
        GuestCode.RegisterImage(NativeLibrary.GetExport(_handle, anyFunction), new GuestCodeInfo { Name = name });
}
