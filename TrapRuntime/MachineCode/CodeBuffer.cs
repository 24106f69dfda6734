using System.Runtime.InteropServices;
using TrapRuntime.Platforms;

namespace TrapRuntime.MachineCode;

/// <summary>
/// Machine code in memory that the processor may run: the only place that maps such memory. Pages are written first and
/// made executable afterwards, never both at once. There is no finalizer: code that could still run must not vanish, so
/// the owner alone decides when to dispose.
/// </summary>
internal sealed class CodeBuffer : IDisposable
{
    private CodeBuffer(nint start, nuint length)
    {
        Start = start;
        Length = length;
    }

    /// <summary>Gets the address of the first instruction, page-aligned; 0 once disposed.</summary>
    internal nint Start { get; private set; }

    /// <summary>Gets the length of the mapping in bytes: whole pages, so the padding behind the code counts.</summary>
    internal nuint Length { get; }

    /// <summary>Maps a copy of finished code. Behind it, the last page holds nothing but undefined instructions.</summary>
    /// <returns>The mapped code, or null when the system has no memory left.</returns>
    /// <exception cref="ArgumentException">The code is empty.</exception>
    internal static CodeBuffer? TryCreate(ReadOnlySpan<byte> code)
    {
        if (code.IsEmpty)
        {
            throw new ArgumentException("There is no code to map.", nameof(code));
        }

        PlatformMemory memory = PlatformMemory.Current;
        nuint length = memory.RoundUpToPage((nuint)code.Length);
        nint start = memory.Reserve(length, CodeAddresses.Next(length, memory.PageSize));
        if (start == 0)
        {
            return null;
        }

        if (!TryFill(start, length, code))
        {
            memory.Release(start, length);
            return null;
        }

        return new CodeBuffer(start, length);
    }

    /// <summary>Unmaps the code. The caller knows that no thread is in it and none will enter.</summary>
    public void Dispose()
    {
        if (Start == 0)
        {
            return;
        }

        PlatformMemory.Current.Release(Start, Length);
        Start = 0;
    }

    /// <summary>Writes code into reserved pages and makes them executable.</summary>
    /// <returns>False when the system has no memory left; the pages are the caller's still.</returns>
    /// <safety>The range is reserved, page-aligned, nobody's yet, and at least as long as the code.</safety>
    internal static unsafe bool TryFill(nint start, nuint length, ReadOnlySpan<byte> code)
    {
        PlatformMemory memory = PlatformMemory.Current;
        if (!memory.TryProtect(start, length, PageAccess.ReadWrite))
        {
            return false;
        }

        // SAFETY: the range was reserved by the caller, is this long, and was made writable above.
        Span<byte> target = new((void*)start, checked((int)length));
        code.CopyTo(target);
        FillWithUndefinedInstructions(target[code.Length..]);
        return memory.TryProtect(start, length, PageAccess.ReadExecute);
    }

    // A stray jump behind the code must fault at once. On aarch64 fresh zeros do: they are `udf #0`.
    private static void FillWithUndefinedInstructions(Span<byte> tail)
    {
        if (RuntimeInformation.ProcessArchitecture != Architecture.X64)
        {
            return;
        }

        ReadOnlySpan<byte> ud2 = [0x0F, 0x0B];
        for (int i = 0; i < tail.Length; i++)
        {
            tail[i] = ud2[i % ud2.Length];
        }
    }
}
