using TrapRuntime.Platforms;

namespace TrapRuntime.Traps;

/// <summary>Reads the guest stack directly and everything else through the copy that survives a fault.</summary>
/// <param name="stack">The usable bytes of the stack that trapped; it is still mapped.</param>
internal readonly struct GuestReader(AddressRange stack) : IGuestReader
{
    /// <inheritdoc/>
    public unsafe bool TryRead(nuint address, Span<byte> destination)
    {
        nuint length = (nuint)destination.Length;
        if (address >= stack.Start && address <= stack.End && length <= stack.End - address)
        {
            // SAFETY: inside the usable bytes of a guest stack that its activation has not given back yet.
            new ReadOnlySpan<byte>((void*)address, destination.Length).CopyTo(destination);
            return true;
        }

        if (!SafeCopy.IsReady)
        {
            return false;
        }

        fixed (byte* target = destination)
        {
            return SafeCopy.TryCopy(target, (void*)address, length);
        }
    }
}
