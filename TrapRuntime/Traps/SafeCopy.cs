using System.Diagnostics.CodeAnalysis;

namespace TrapRuntime.Traps;

/// <summary>Holds the thunk that copies memory and survives a fault. The layer that installs the handlers fills it.</summary>
internal static unsafe class SafeCopy
{
    /// <summary><c>int (void* destination, void* source, size_t length)</c>: 1 when all was copied, 0 after a fault.</summary>
    internal static delegate* unmanaged<void*, void*, nuint, int> s_copy;

    /// <summary>Gets a value indicating whether the thunk is there and its faults are caught.</summary>
    internal static bool IsReady => s_copy is not null;

    /// <summary>Copies bytes.</summary>
    /// <returns>False when either side faulted; the destination may then be partly written.</returns>
    /// <exception cref="InvalidOperationException">The handlers are not installed.</exception>
    internal static bool TryCopy(void* destination, void* source, nuint length)
    {
        if (s_copy is null)
        {
            ThrowNotReady();
        }

        return s_copy(destination, source, length) != 0;
    }

    [DoesNotReturn]
    private static void ThrowNotReady() => throw new InvalidOperationException(
        "No fault handler is installed, so a bad address could not be survived. Call TrapHandlers.Initialize first.");
}
