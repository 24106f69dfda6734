using TrapRuntime.Calls;

namespace TrapRuntime;

/// <summary>The parameters and the result of a function, in the platform's C calling convention.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class GuestSignature
{
    private readonly GuestValueKind[] _parameters;

    private GuestSignature(GuestValueKind[] parameters, GuestValueKind? result)
    {
        _parameters = parameters;
        Result = result;
        Places = ArgumentPlaces.Assign(parameters, out int stackWords);
        StackWords = stackWords;
    }

    /// <summary>Gets the kinds of the parameters, in order.</summary>
    public ReadOnlySpan<GuestValueKind> Parameters => _parameters;

    /// <summary>Gets the kind of the result, or null for none.</summary>
    public GuestValueKind? Result { get; }

    /// <summary>Gets where each argument lies.</summary>
    internal ArgumentPlace[] Places { get; }

    /// <summary>Gets the number of 8-byte stack arguments.</summary>
    internal int StackWords { get; }

    /// <summary>Describes a function.</summary>
    /// <param name="parameters">The kinds of the parameters, in order; any number.</param>
    /// <param name="result">The kind of the result, or null for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">A kind is not one of the enumeration.</exception>
    public static GuestSignature Create(ReadOnlySpan<GuestValueKind> parameters, GuestValueKind? result = null)
    {
        foreach (GuestValueKind parameter in parameters)
        {
            RequireKnown(parameter, nameof(parameters));
        }

        if (result is GuestValueKind kind)
        {
            RequireKnown(kind, nameof(result));
        }

        return new GuestSignature(parameters.ToArray(), result);
    }

    /// <inheritdoc/>
    public override string ToString() => $"({string.Join(", ", _parameters)}) -> {(Result is null ? "nothing" : Result.ToString())}";

    private static void RequireKnown(GuestValueKind kind, string parameter)
    {
        if (!Enum.IsDefined(kind))
        {
            throw new ArgumentOutOfRangeException(parameter, kind, "Unknown kind of value.");
        }
    }
}
