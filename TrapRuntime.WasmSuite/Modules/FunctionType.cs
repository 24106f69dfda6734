namespace TrapRuntime.WasmSuite.Modules;

/// <summary>The parameters and results of a function; equal when they are.</summary>
internal sealed class FunctionType(WasmType[] parameters, WasmType[] results) : IEquatable<FunctionType>
{
    /// <summary>Gets the parameters.</summary>
    internal IReadOnlyList<WasmType> Parameters => parameters;

    /// <summary>Gets the results.</summary>
    internal IReadOnlyList<WasmType> Results => results;

    /// <summary>Gets a value indicating whether a guest call can pass everything directly: numbers, and at most one result.</summary>
    internal bool IsPlain => results.Length <= 1 && parameters.Concat(results).All(type => type.IsNumber());

    /// <inheritdoc/>
    public bool Equals(FunctionType? other) =>
        other is not null && Parameters.SequenceEqual(other.Parameters) && Results.SequenceEqual(other.Results);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FunctionType);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        HashCode hash = default;
        hash.Add(parameters.Length);
        foreach (WasmType type in parameters.Concat(results))
        {
            hash.Add(type);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public override string ToString() => $"[{string.Join(' ', parameters)}] -> [{string.Join(' ', results)}]";
}
