namespace TrapRuntime.Tests.Handlers.Published;

/// <summary>Code that can be looked up by name and by address.</summary>
internal interface ICodeImage
{
    /// <summary>Finds a function by its name.</summary>
    CodeSymbol? Find(string name);

    /// <summary>Finds the function or datum that holds an address.</summary>
    CodeSymbol? At(ulong address);

    /// <summary>Reads the bytes of a function.</summary>
    byte[] Read(CodeSymbol symbol);
}
