namespace TrapRuntime.WasmSuite.Libraries;

/// <summary>Puts a native library through its paces as a guest.</summary>
internal interface ILibraryScenario
{
    /// <summary>Gets the library's name.</summary>
    string Name { get; }

    /// <summary>Does it.</summary>
    /// <param name="report">Where each check goes.</param>
    /// <param name="folder">For what has to be compiled.</param>
    void Run(LibraryReport report, string folder);
}
