using System.Diagnostics.CodeAnalysis;
using TrapRuntime.MachineCode;
using TrapRuntime.Platforms;
using TrapRuntime.Traps;

namespace TrapRuntime;

/// <summary>
/// A piece of guest code: the addresses whose faults are the guest's, and what is known about them. It stays registered until it is
/// disposed; letting go of the object does not unregister it.
/// </summary>
/// <remarks>
/// Thread-safe. Look-ups take no lock. Dispose it only when no guest can be inside: the check that <see cref="Dispose"/> makes knows
/// the function each guest was entered through and, for guests that wait in a host function on this thread, the return addresses on
/// their stacks. It cannot see a guest on another thread that was entered through other code and called into this one.
/// Wasmer: <c>GlobalFrameInfoRegistration</c>.
/// </remarks>
public sealed class GuestCode : IDisposable
{
    private readonly Lock _gate = new();
    private readonly AddressRange[] _ranges;
    private readonly CodeAnnotations _annotations;
    private readonly CodeBuffer? _buffer;
    private volatile bool _closing;
    private bool _disposed;

    private GuestCode(AddressRange[] ranges, GuestCodeInfo? info)
    {
        _ranges = ranges;
        Length = ranges[^1].End - ranges[0].Start;
        _annotations = new CodeAnnotations(ranges, info);
    }

    private GuestCode(CodeBuffer buffer, nuint length, GuestCodeInfo? info)
    {
        nuint start = (nuint)buffer.Start;
        _buffer = buffer;
        Length = length;

        // The padding of the last page belongs to the guest too: running off the end of its code is the guest's fault.
        _ranges = [new AddressRange(start, start + buffer.Length)];
        _annotations = new CodeAnnotations([new AddressRange(start, start + length)], info);
    }

    /// <summary>Gets the first address. Offsets of trap sites and symbols count from here.</summary>
    public nint Start => (nint)_ranges[0].Start;

    /// <summary>Gets the number of bytes from <see cref="Start"/> to the end, gaps between the segments of an image included.</summary>
    public nuint Length { get; }

    /// <summary>Gets the name given in <see cref="GuestCodeInfo.Name"/>, or null.</summary>
    public string? Name => _annotations.Name;

    /// <summary>Gets a value indicating whether the code is being disposed: nothing may enter it any more.</summary>
    internal bool IsClosing => _closing;

    /// <summary>Gets what is known about the addresses.</summary>
    internal CodeAnnotations Annotations => _annotations;

    /// <summary>Announces code that lies in memory already. The memory stays the caller's, who keeps it until after <see cref="Dispose"/>.</summary>
    /// <param name="start">The first address.</param>
    /// <param name="length">The number of bytes.</param>
    /// <param name="info">What is known about the code; offsets count from <paramref name="start"/>.</param>
    /// <returns>The registration.</returns>
    /// <exception cref="ArgumentException">
    /// The range is empty, starts at 0, wraps around the address space or overlaps registered code; or a trap site or symbol is outside
    /// it, doubled or meaningless. Nothing is registered then.
    /// </exception>
    public static GuestCode Register(nint start, nuint length, GuestCodeInfo? info = null)
    {
        if (start == 0)
        {
            ThrowInvalid("Guest code cannot start at address 0.", nameof(start));
        }

        if (length == 0)
        {
            ThrowInvalid("Guest code must be at least one byte long.", nameof(length));
        }

        if (length > nuint.MaxValue - (nuint)start)
        {
            ThrowInvalid($"0x{length:x} bytes from 0x{start:x} on reach past the end of the address space.", nameof(length));
        }

        return Add(new GuestCode([new AddressRange((nuint)start, (nuint)start + length)], info));
    }

    /// <summary>Announces the executable segments of a loaded shared library or executable. Keep the library loaded until after <see cref="Dispose"/>.</summary>
    /// <param name="addressInside">Any address inside the image, of an exported function for instance.</param>
    /// <param name="info">What is known about the code; offsets count from the first executable segment, <see cref="Start"/>.</param>
    /// <returns>The registration, one for all executable segments.</returns>
    /// <exception cref="ArgumentException">No loaded image holds the address, it has no executable segment, or one is registered already.</exception>
    /// <exception cref="PlatformNotSupportedException">This platform's loader is not supported.</exception>
    public static GuestCode RegisterImage(nint addressInside, GuestCodeInfo? info = null)
    {
        AddressRange[] ranges = PlatformImages.FindExecutableSegments((nuint)addressInside);
        if (ranges.Length == 0)
        {
            ThrowInvalid(
                $"No loaded library has executable segments around the address 0x{addressInside:x}. Pass the address of one of its functions, as NativeLibrary.GetExport gives it.",
                nameof(addressInside));
        }

        return Add(new GuestCode(ranges, info));
    }

    /// <summary>Copies code into fresh executable memory and announces it. The memory is never writable and executable at once.</summary>
    /// <param name="machineCode">Finished code for this processor; what it refers to relatively must lie inside it.</param>
    /// <param name="info">What is known about the code; offsets count from its first byte.</param>
    /// <returns>The registration, which owns the memory.</returns>
    /// <exception cref="ArgumentException">The code is empty, or a trap site or symbol is outside it, doubled or meaningless.</exception>
    /// <exception cref="OutOfMemoryException">The system has no memory for it.</exception>
    public static GuestCode Emit(ReadOnlySpan<byte> machineCode, GuestCodeInfo? info = null)
    {
        if (machineCode.IsEmpty)
        {
            ThrowInvalid("There is no code to emit.", nameof(machineCode));
        }

        CodeBuffer? buffer = CodeBuffer.TryCreate(machineCode);
        if (buffer is null)
        {
            ThrowOutOfMemory(machineCode.Length);
        }

        try
        {
            return Add(new GuestCode(buffer, (nuint)machineCode.Length, info));
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <summary>Takes the code out of the registry; its faults are foreign from now on. Emitted code is freed. Again: does nothing.</summary>
    /// <exception cref="InvalidOperationException">A guest is inside. Nothing has changed.</exception>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_disposed)
            {
                return;
            }

            // First nobody may enter any more, then the question who is inside can be answered.
            _closing = true;
            CodeRegistry.Shared.InvalidateEntryChecks();
            foreach (AddressRange range in _ranges)
            {
                if (CodeRegistry.IsInUse(range))
                {
                    _closing = false;
                    ThrowInUse();
                }
            }

            CodeRegistry.Shared.Remove(_ranges);
            _buffer?.Dispose();
            _disposed = true;
        }
    }

    private static GuestCode Add(GuestCode code)
    {
        CodeRegistry.Shared.Add(code, code._ranges);
        return code;
    }

    [DoesNotReturn]
    private void ThrowInUse() => throw new InvalidOperationException(
        $"A guest is inside the code '{Name ?? "unnamed"}' at 0x{Start:x}; nothing was freed. Dispose it after every guest call into it has returned.");

    [DoesNotReturn]
    private static void ThrowOutOfMemory(int length) =>
        throw new OutOfMemoryException($"The system has no executable memory for {length} bytes of guest code.");

    [DoesNotReturn]
    private static void ThrowInvalid(string message, string parameter) => throw new ArgumentException(message, parameter);
}
