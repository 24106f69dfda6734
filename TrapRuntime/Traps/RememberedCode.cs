using System.Runtime.CompilerServices;
using TrapRuntime.Activations;

namespace TrapRuntime.Traps;

/// <summary>
/// The code that a thread entered last, so that the next call and most traps need not look it up: its range in the thread block, where the
/// handler reads it too, and what is known about it here. Lapses when any code is disposed.
/// </summary>
internal static unsafe class RememberedCode
{
    [ThreadStatic]
    private static CodeAnnotations? t_annotations;

    /// <summary>Whether an address lies in the remembered code, and nothing was disposed since.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Holds(ThreadBlock* thread, nuint address) =>
        address - thread->LastCodeStart < thread->LastCodeLength && IsCurrent(thread);

    /// <summary>Whether nothing was disposed since the thread remembered its code.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsCurrent(ThreadBlock* thread) => thread->LastCodeVersion == Volatile.Read(ref thread->Process->CodeVersion);

    /// <summary>Gives the code of the trap site at exactly this address, or <see cref="TrapCode.None"/>.</summary>
    /// <param name="thread">The calling thread's block.</param>
    /// <param name="address">Any address.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TrapCode FindSite(ThreadBlock* thread, nuint address) =>
        Holds(thread, address) && t_annotations is { } annotations ? annotations.FindSite(address) : FindSiteElsewhere(address);

    /// <summary>Remembers code for the calling thread. An empty range remembers none and lets nobody through.</summary>
    /// <param name="thread">The calling thread's block.</param>
    /// <param name="range">What the registry found.</param>
    /// <param name="version">The registry's version from before it was asked.</param>
    internal static void Remember(ThreadBlock* thread, in CodeRange range, nint version)
    {
        thread->LastCodeStart = range.Bounds.Start;
        thread->LastCodeLength = range.Bounds.Length;
        thread->LastCodeVersion = version;
        t_annotations = range.Owner?.Annotations;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TrapCode FindSiteElsewhere(nuint address) =>
        CodeRegistry.Shared.Directory.TryFind(address, out CodeRange range) ? range.Owner.Annotations.FindSite(address) : TrapCode.None;
}
