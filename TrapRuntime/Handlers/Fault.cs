namespace TrapRuntime.Handlers;

/// <summary>A signal, as the system's entry read it.</summary>
internal readonly struct Fault
{
    internal Fault(int signal, int code, nuint address, bool isMemoryAccess, bool hasAddress)
    {
        Signal = signal;
        Code = code;
        Address = address;
        IsMemoryAccess = isMemoryAccess;
        HasAddress = hasAddress;
    }

    /// <summary>Gets the signal number.</summary>
    internal int Signal { get; }

    /// <summary>Gets the reason within the signal; positive when the kernel made it.</summary>
    internal int Code { get; }

    /// <summary>Gets the address that the fault names, or 0.</summary>
    internal nuint Address { get; }

    /// <summary>Gets a value indicating whether <see cref="Address"/> is one that was accessed, not that of the instruction.</summary>
    internal bool IsMemoryAccess { get; }

    /// <summary>Gets a value indicating whether the kernel named an address: not where a signal frame did not fit.</summary>
    internal bool HasAddress { get; }
}
