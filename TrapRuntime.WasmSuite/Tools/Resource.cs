namespace TrapRuntime.WasmSuite.Tools;

/// <summary>The texts that are part of this program: the folder <c>Native</c>.</summary>
internal static class Resource
{
    /// <summary>Reads a text.</summary>
    internal static string Read(string name)
    {
        using Stream stream = typeof(Resource).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The program was built without its part '{name}'.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
