using System.Runtime.InteropServices;

namespace TrapRuntime.Activations;

/// <summary>Where a guest stack lies. All zero means "no stack". Plain data: thunks and the signal handler see its parts.</summary>
/// <remarks>
/// <code>
/// high   Top      one past the highest usable byte
///                 usable bytes, growing down
///        Limit    the lowest usable byte
///                 guard region: every access faults
/// low    Start    start of the mapping
/// </code>
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
internal struct StackMapping
{
    /// <summary>The start of the mapping, which is the start of the guard region.</summary>
    internal nuint Start;

    /// <summary>The lowest usable byte.</summary>
    internal nuint Limit;

    /// <summary>One past the highest usable byte, which is the end of the mapping.</summary>
    internal nuint Top;

    /// <summary>Gets a value indicating whether there is a stack at all.</summary>
    internal readonly bool IsPresent => Top != 0;

    /// <summary>Gets the number of bytes a guest can use.</summary>
    internal readonly nuint UsableSize => Top - Limit;

    /// <summary>Gets the number of bytes mapped, guard region included.</summary>
    /// <remarks>Wasmer: <c>StackExt::size</c>, which is what its pool compared by mistake.</remarks>
    internal readonly nuint MappedSize => Top - Start;
}
