using System.Diagnostics.CodeAnalysis;
using TrapRuntime.Platforms;
using TrapRuntime.Signals;
using TrapRuntime.Traps;

namespace TrapRuntime;

/// <summary>
/// A linear memory: address space that never moves, of which the start can be used and the rest faults. A guest's fault anywhere in
/// it, guard included, is <see cref="TrapCode.HeapAccessOutOfBounds"/>, and the message names the offset.
/// </summary>
/// <remarks>
/// <para>
/// <code>
/// Base            Base + Length          Base + maximum          + guard
///  | usable, zeroed | faults, can be grown into | faults for ever  |
/// </code>
/// Sizes are rounded up to whole pages, because the processor checks whole pages: every byte below <see cref="Length"/> can be used
/// and every byte from there on faults. Only usable pages that were touched cost memory.
/// </para>
/// <para>
/// Thread-safe; growing while guests run is safe. Without <see cref="Dispose"/> the address space stays reserved until the process ends.
/// Wasmer: <c>VMMemory</c> with a static style.
/// </para>
/// </remarks>
public sealed unsafe class GuestMemory : IDisposable
{
    private readonly Lock _gate = new();
    private readonly nuint _maximum;
    private nuint _length;
    private bool _disposed;

    private GuestMemory(nuint start, nuint length, nuint maximum, nuint reserved)
    {
        AddressSpace = new AddressRange(start, start + reserved);
        _length = length;
        _maximum = maximum;
    }

    /// <summary>Gets the address of the first byte, page-aligned. It never changes; after <see cref="Dispose"/> it is 0.</summary>
    public nint Base => Volatile.Read(ref _disposed) ? 0 : (nint)AddressSpace.Start;

    /// <summary>Gets the number of bytes that can be used, whole pages. Goes up only; after <see cref="Dispose"/> it is 0.</summary>
    public nuint Length => Volatile.Read(ref _length);

    /// <summary>Gets all that is reserved, guard included.</summary>
    internal AddressRange AddressSpace { get; }

    /// <summary>Says where an access missed.</summary>
    internal MemoryHit HitAt(nuint address) => new(address - AddressSpace.Start, Length);

    /// <summary>Reserves a memory. Reserving 4 GiB and a guard costs no memory.</summary>
    /// <param name="initial">Bytes that can be used at once; they read as zero.</param>
    /// <param name="maximum">The most that <see cref="TryGrow"/> can reach, in bytes.</param>
    /// <param name="guard">
    /// Bytes behind the maximum that always fault. At least as many as a guest's largest unchecked offset; 0 only if the guest checks.
    /// </param>
    /// <returns>The memory.</returns>
    /// <exception cref="ArgumentException">
    /// <paramref name="initial"/> is above <paramref name="maximum"/>, everything is zero, or the sum does not fit the address space.
    /// </exception>
    /// <exception cref="OutOfMemoryException">The system has no address space, or no memory for the initial bytes.</exception>
    public static GuestMemory Reserve(nuint initial, nuint maximum, nuint guard)
    {
        if (initial > maximum)
        {
            ThrowInvalid($"A memory of 0x{initial:x} bytes cannot have a maximum of 0x{maximum:x}.", nameof(initial));
        }

        PlatformMemory system = PlatformMemory.Current;
        nuint largest = nuint.MaxValue - (system.PageSize * 2);
        if (maximum > largest || guard > largest - maximum)
        {
            ThrowInvalid($"A maximum of 0x{maximum:x} bytes and a guard of 0x{guard:x} do not fit the address space.", nameof(maximum));
        }

        nuint length = system.RoundUpToPage(initial);
        nuint most = system.RoundUpToPage(maximum);
        nuint reserved = most + system.RoundUpToPage(guard);
        if (reserved == 0)
        {
            ThrowInvalid("A memory must have a maximum or a guard: nothing at all cannot be reserved.", nameof(maximum));
        }

        nint start = system.Reserve(reserved);
        if (start == 0)
        {
            ThrowOutOfMemory($"The system has no address space for a memory of 0x{reserved:x} bytes, guard included.");
        }

        if (length != 0 && !system.TryProtect(start, length, PageAccess.ReadWrite))
        {
            system.Release(start, reserved);
            ThrowOutOfMemory($"The system has no memory for the 0x{length:x} initial bytes.");
        }

        GuestMemory memory = new((nuint)start, length, most, reserved);
        MemoryRegistry.Shared.Add(memory);
        return memory;
    }

    /// <summary>Copies bytes between any two addresses without dying of a fault. Any thread, no guest needed.</summary>
    /// <param name="destination">Where they go.</param>
    /// <param name="source">Where they come from. The two must not overlap.</param>
    /// <param name="length">How many.</param>
    /// <returns>False when an access faulted; part of the destination may have been written.</returns>
    /// <exception cref="PlatformNotSupportedException">Faults cannot be caught on this platform.</exception>
    public static bool TryCopy(void* destination, void* source, nuint length)
    {
        if (!SafeCopy.IsReady)
        {
            _ = TrapPath.Ensure();
        }

        return SafeCopy.TryCopy(destination, source, length);
    }

    /// <summary>Makes the memory at least this long. New bytes read as zero.</summary>
    /// <param name="newLength">The length wanted, in bytes; rounded up to whole pages. A memory that is as long already stays as it is.</param>
    /// <returns>True when the memory is that long now; false above the maximum, or when the system has no memory.</returns>
    /// <exception cref="ObjectDisposedException">The memory was disposed.</exception>
    public bool TryGrow(nuint newLength)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (newLength > _maximum)
            {
                return false;
            }

            nuint length = PlatformMemory.Current.RoundUpToPage(newLength);
            if (length <= _length)
            {
                return true;
            }

            if (!PlatformMemory.Current.TryProtect((nint)(AddressSpace.Start + _length), length - _length, PageAccess.ReadWrite))
            {
                return false;
            }

            Volatile.Write(ref _length, length);
            return true;
        }
    }

    /// <summary>Gives everything back. Again: does nothing.</summary>
    /// <exception cref="InvalidOperationException">
    /// A guest waits in a host function on this thread, or a guest on another thread was entered with an address inside this memory.
    /// Nothing has changed. Other guests cannot be told from here: see to it that none uses the memory.
    /// </exception>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            if (GuestUsage.IsMemoryInUse(AddressSpace))
            {
                ThrowInUse();
            }

            MemoryRegistry.Shared.Remove(this);
            PlatformMemory.Current.Release((nint)AddressSpace.Start, AddressSpace.Length);
            Volatile.Write(ref _length, 0);
            Volatile.Write(ref _disposed, true);
        }
    }

    [DoesNotReturn]
    private void ThrowInUse() => throw new InvalidOperationException(
        $"A guest may be using the memory at 0x{AddressSpace.Start:x}; nothing was freed. Dispose it after the guest calls that use it have returned.");

    [DoesNotReturn]
    private static void ThrowOutOfMemory(string message) => throw new OutOfMemoryException(message);

    [DoesNotReturn]
    private static void ThrowInvalid(string message, string parameter) => throw new ArgumentException(message, parameter);
}
