using System.Diagnostics.CodeAnalysis;

namespace TrapRuntime;

/// <summary>How a guest call ended: by itself, or in a trap. The default value means "by itself".</summary>
/// <remarks>Wasmer: the <c>Result&lt;R, Trap&gt;</c> of <c>catch_traps</c>.</remarks>
[SuppressMessage("Performance", "CA1815", Justification = "A result is looked at, never compared.")]
public readonly struct TrapResult
{
    internal TrapResult(Trap? trap) => Trap = trap;

    /// <summary>Gets the trap that ended the guest, or null.</summary>
    public Trap? Trap { get; }

    /// <summary>Gets a value indicating whether the guest ended in a trap.</summary>
    [MemberNotNullWhen(true, nameof(Trap))]
    public bool IsTrap => Trap is not null;

    /// <summary>Throws if the guest ended in a trap.</summary>
    /// <exception cref="TrapException">It did; <see cref="TrapException.Trap"/> says what happened.</exception>
    public void ThrowIfTrap()
    {
        if (Trap is not null)
        {
            Throw(Trap);
        }
    }

    [DoesNotReturn]
    private static void Throw(Trap trap) => throw new TrapException(trap);
}
