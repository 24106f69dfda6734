using TrapRuntime.Platforms;

namespace TrapRuntime.Traps;

/// <summary>Reads the faulting instruction, never further than its code reaches.</summary>
internal static unsafe class CodeBytes
{
    /// <summary>Copies the bytes at the program counter.</summary>
    /// <param name="counter">The program counter of an instruction that was fetched, so that at least its first page can be read.</param>
    /// <param name="directory">The registered code.</param>
    /// <param name="destination">Where they go.</param>
    /// <returns>The bytes that could be read; none at worst.</returns>
    internal static ReadOnlySpan<byte> Read(nuint counter, CodeDirectory directory, Span<byte> destination)
    {
        // Outside the registered code (native libraries on a guest stack) the page is as far as one may look.
        nuint last = counter | (PlatformMemory.Current.PageSize - 1);
        last = directory.TryFind(counter, out CodeRange range) ? range.Bounds.End - 1 : last;
        Span<byte> bytes = destination[..(int)Math.Min((nuint)destination.Length, last - counter + 1)];
        fixed (byte* target = bytes)
        {
            if (SafeCopy.IsReady)
            {
                // Code may be mapped for execution only; then nothing is known about it.
                return SafeCopy.TryCopy(target, (void*)counter, (nuint)bytes.Length) ? bytes : [];
            }
        }

        // SAFETY: the instruction was fetched from here and the range is registered, or it ends with the page.
        new ReadOnlySpan<byte>((void*)counter, bytes.Length).CopyTo(bytes);
        return bytes;
    }
}
