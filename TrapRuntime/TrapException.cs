using System.Diagnostics.CodeAnalysis;

namespace TrapRuntime;

/// <summary>A guest ended in a trap and the caller asked for an exception.</summary>
[SuppressMessage("Design", "CA1032", Justification = "There is no trap exception without a trap.")]
public sealed class TrapException : Exception
{
    /// <summary>Makes the exception for a trap.</summary>
    /// <param name="trap">What ended the guest. Its user error, if any, becomes the inner exception.</param>
    /// <exception cref="ArgumentNullException"><paramref name="trap"/> is null.</exception>
    public TrapException(Trap trap)
        : base(HeadlineOf(trap), trap.UserError) => Trap = trap;

    /// <summary>Gets the trap that ended the guest.</summary>
    public Trap Trap { get; }

    private static string HeadlineOf(Trap trap)
    {
        ArgumentNullException.ThrowIfNull(trap);
        return trap.Headline;
    }
}
