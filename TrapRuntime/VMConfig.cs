namespace TrapRuntime;

/// <summary>What one guest call wants otherwise than the rest of the process.</summary>
/// <remarks>Wasmer: <c>VMConfig</c>, which promised to clamp its size and did not.</remarks>
public sealed record VMConfig
{
    /// <summary>
    /// Gets the guest stack's size in bytes, brought into [<see cref="GuestStacks.MinSize"/>, <see cref="GuestStacks.MaxSize"/>] and
    /// rounded up to pages. Null: <see cref="GuestStacks.DefaultSize"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The size is negative.</exception>
    public int? StackSize
    {
        get;
        init
        {
            if (value is int bytes)
            {
                ArgumentOutOfRangeException.ThrowIfNegative(bytes, nameof(StackSize));
            }

            field = value;
        }
    }

    /// <summary>Gets the policy of this call. Null: <see cref="TrapHandlerOptions.CodePolicy"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The policy is not one of the enumeration.</exception>
    public GuestCodePolicy? CodePolicy
    {
        get;
        init
        {
            if (value is GuestCodePolicy policy && !Enum.IsDefined(policy))
            {
                throw new ArgumentOutOfRangeException(nameof(CodePolicy), value, "Unknown code policy.");
            }

            field = value;
        }
    }
}
