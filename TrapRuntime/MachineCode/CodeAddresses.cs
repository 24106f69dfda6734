using TrapRuntime.Activations;

namespace TrapRuntime.MachineCode;

/// <summary>
/// Proposes an address for each piece of machine code that no earlier piece had. Stale return addresses lie about on stacks long after their
/// code is gone: were a new piece mapped there, it would look as if a guest were inside, and a jump through a stale pointer would run it.
/// </summary>
internal static unsafe class CodeAddresses
{
    /// <summary>Between the heap and the libraries of every layout that Linux knows for 47 bits; a smaller address space ignores the proposal.</summary>
    private const long Lowest = 1L << 44;

    private const long Length = 1L << 45;

    // Begins where the kernel's own random choice of addresses says.
    private static long s_used = (nint)ProcessState.Block & (Length - 1);

    /// <summary>Proposes a page-aligned address, the next after all that were proposed before.</summary>
    internal static nint Next(nuint length, nuint pageSize)
    {
        long offset = Interlocked.Add(ref s_used, (long)length) - (long)length;
        return (nint)(Lowest + (offset & (Length - 1) & -(long)pageSize));
    }
}
