using TrapRuntime.Platforms.Linux;

namespace TrapRuntime.Platforms;

/// <summary>Virtual memory as the operating system hands it out. One subclass per system.</summary>
internal abstract class PlatformMemory
{
    /// <summary>Gets the memory of the running system.</summary>
    internal static PlatformMemory Current { get; } = Create();

    /// <summary>Gets the size of a page, in bytes.</summary>
    internal nuint PageSize { get; } = (nuint)Environment.SystemPageSize;

    /// <summary>Rounds a length in bytes up to whole pages. The caller has checked that it does not wrap.</summary>
    internal nuint RoundUpToPage(nuint length) => (length + PageSize - 1) & ~(PageSize - 1);

    /// <summary>Reserves address space that costs no memory and allows no access.</summary>
    /// <param name="length">In bytes, whole pages.</param>
    /// <param name="proposal">Where to, if that is free, or 0.</param>
    /// <returns>The page-aligned start, or 0 when the system has none left.</returns>
    internal abstract nint Reserve(nuint length, nint proposal = 0);

    /// <summary>Changes what whole pages allow; pages opened for the first time read as zero.</summary>
    /// <returns>False when the system refuses, for want of memory as a rule.</returns>
    internal abstract bool TryProtect(nint start, nuint length, PageAccess access);

    /// <summary>Gives the contents of whole writable pages back to the system; they read as zero afterwards.</summary>
    internal abstract void Discard(nint start, nuint length);

    /// <summary>Keeps huge pages away from a range, so that touching one byte costs one small page.</summary>
    internal abstract void KeepSmallPages(nint start, nuint length);

    /// <summary>Returns a range that <see cref="Reserve"/> gave, whole.</summary>
    internal abstract void Release(nint start, nuint length);

    private static PlatformMemory Create() =>
        OperatingSystem.IsLinux() ? new LinuxMemory()
        : throw new PlatformNotSupportedException(PlatformSupport.Reason);
}
