using System.Runtime.InteropServices;
using TrapRuntime.Interop;

namespace TrapRuntime.Platforms.Linux;

/// <summary>Virtual memory by mmap(2), mprotect(2) and madvise(2).</summary>
internal sealed class LinuxMemory : PlatformMemory
{
    private const int PROT_NONE = 0;
    internal const int PROT_READ = 1;
    internal const int PROT_WRITE = 2;
    private const int PROT_EXEC = 4;
    private const int MAP_PRIVATE = 0x02;
    private const int MAP_ANONYMOUS = 0x20;
    private const int MAP_NORESERVE = 0x4000;
    private const int MADV_DONTNEED = 4;
    private const int MADV_NOHUGEPAGE = 15;
    private const int NoFile = -1;
    private const nint MAP_FAILED = -1;

    /// <inheritdoc/>
    internal override nint Reserve(nuint length, nint proposal)
    {
        nint start = Libc.MMap(proposal, length, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, NoFile, 0);
        return start == MAP_FAILED ? 0 : start;
    }

    /// <inheritdoc/>
    internal override bool TryProtect(nint start, nuint length, PageAccess access) =>
        Libc.MProtect(start, length, ToProtection(access)) == 0;

    /// <inheritdoc/>
    internal override unsafe void Discard(nint start, nuint length)
    {
        if (Libc.MAdvise(start, length, MADV_DONTNEED) != 0)
        {
            // Locked pages (mlockall(2)) cannot be given back, yet the caller counts on zeroes.
            // SAFETY: the caller owns the range and may write to it.
            NativeMemory.Clear((void*)start, length);
        }
    }

    /// <inheritdoc/>
    internal override void KeepSmallPages(nint start, nuint length) => _ = Libc.MAdvise(start, length, MADV_NOHUGEPAGE);

    /// <inheritdoc/>
    internal override void Release(nint start, nuint length) => _ = Libc.MUnmap(start, length);

    private static int ToProtection(PageAccess access) => access switch
    {
        PageAccess.None => PROT_NONE,
        PageAccess.ReadWrite => PROT_READ | PROT_WRITE,
        PageAccess.ReadExecute => PROT_READ | PROT_EXEC,
        _ => throw new ArgumentOutOfRangeException(nameof(access), access, "Unknown page access."),
    };
}
