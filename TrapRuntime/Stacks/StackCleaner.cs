using System.Numerics;
using System.Runtime.InteropServices;
using TrapRuntime.Activations;
using TrapRuntime.Platforms;

namespace TrapRuntime.Stacks;

/// <summary>Gives back or clears what a guest left on its stack, between two calls.</summary>
/// <remarks>
/// <code>
/// high   guestTop        where the guest's stack pointer started
///        first page      stays resident
///        second page     stays resident as long as its lowest part, the watch zone, is all zero
///        the rest        given back
/// low    Limit
/// </code>
/// The watch zone costs no memory: it reads as zero because its page is untouched or was given back. Code that goes deeper
/// in frames no larger than the zone leaves at least a return address in it, so a look at the zone tells a deep
/// call from a shallow one without a system call. Larger frames can step over it; every
/// <see cref="ReleasesPerInspection"/>th release trims without looking.
/// </remarks>
internal static unsafe class StackCleaner
{
    /// <summary>The size of the watch zone, in bytes: larger than nearly every frame, and read in a few tens of nanoseconds.</summary>
    internal const int WatchZone = 1024;

    /// <summary>How many pages of an idle stack stay resident under <see cref="StackHygiene.Trim"/>.</summary>
    internal const int ResidentPages = 2;

    /// <summary>After this many releases by a thread one trims without looking: rare enough that its system call does not show.</summary>
    internal const uint ReleasesPerInspection = 256;

    /// <summary>Counts a release and tells whether it is the one that trims without looking.</summary>
    internal static bool IsInspectionDue(ref uint releases) => ++releases % ReleasesPerInspection == 0;

    /// <summary>Gives back all but the first page, if the guest used more than two or <paramref name="always"/> says so.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="guestTop">Where the guest's stack pointer started.</param>
    /// <param name="always">True: do not look at the watch zone.</param>
    internal static void Trim(in StackMapping stack, nuint guestTop, bool always)
    {
        nuint resident = ResidentPages * PlatformMemory.Current.PageSize;
        if (guestTop - stack.Limit < resident)
        {
            return;
        }

        if (always || IsTouched(guestTop - resident))
        {
            DiscardAllButFirstPage(stack, guestTop);
        }
    }

    /// <summary>Makes the whole stack read as zero.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="guestTop">Where the guest's stack pointer started.</param>
    internal static void Scrub(in StackMapping stack, nuint guestTop)
    {
        nuint page = PlatformMemory.Current.PageSize;

        // SAFETY: the page lies between Limit and Top, is mapped for reading and writing, and nobody runs on the stack.
        // Clearing it by hand spares the next call a page fault.
        NativeMemory.Clear((void*)(guestTop - page), page);
        DiscardAllButFirstPage(stack, guestTop);
    }

    private static bool IsTouched(nuint zone)
    {
        Vector<ulong> even = Vector<ulong>.Zero;
        Vector<ulong> odd = Vector<ulong>.Zero;
        for (nuint end = zone + WatchZone; zone < end; zone += 2 * (nuint)Vector<byte>.Count)
        {
            // SAFETY: the zone is the low end of the second page, which the caller knows to lie at or above Limit; it is
            // page-aligned, and its size is a multiple of two vectors of any width up to 512 bytes.
            even |= Vector.LoadAligned((ulong*)zone);
            odd |= Vector.LoadAligned((ulong*)(zone + (nuint)Vector<byte>.Count));
        }

        return (even | odd) != Vector<ulong>.Zero;
    }

    private static void DiscardAllButFirstPage(in StackMapping stack, nuint guestTop)
    {
        PlatformMemory memory = PlatformMemory.Current;
        nuint kept = guestTop - memory.PageSize;
        if (kept > stack.Limit)
        {
            memory.Discard((nint)stack.Limit, kept - stack.Limit);
        }

        // An earlier and larger request may have used what lies above.
        if (stack.Top > guestTop)
        {
            memory.Discard((nint)guestTop, stack.Top - guestTop);
        }
    }
}
