namespace TrapRuntime.Traps;

/// <summary>Reads data of a guest that has trapped, without ever faulting.</summary>
internal interface IGuestReader
{
    /// <summary>Copies bytes out of the guest's address space.</summary>
    /// <returns>False when the bytes cannot be read safely.</returns>
    bool TryRead(nuint address, Span<byte> destination);
}
