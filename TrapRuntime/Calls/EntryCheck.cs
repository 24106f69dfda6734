using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using TrapRuntime.Activations;
using TrapRuntime.Traps;

namespace TrapRuntime.Calls;

/// <summary>Refuses to enter code that nobody announced, before anything runs.</summary>
internal static unsafe class EntryCheck
{
    /// <summary>Checks an entry point and remembers its range for the next call on this thread.</summary>
    /// <exception cref="InvalidOperationException">Policy RegisteredCode, and no <see cref="GuestCode"/> holds the address.</exception>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Check(ThreadBlock* thread, nuint entry, int policy)
    {
        // Read before the range: a removal in between leaves a version that no longer matches.
        nint version = Volatile.Read(ref thread->Process->CodeVersion);
        bool isRegistered = CodeRegistry.Shared.TryFindEntry(entry, out CodeRange range);
        if (!isRegistered && policy == (int)GuestCodePolicy.RegisteredCode)
        {
            ThrowUnregistered(entry);
        }

        RememberedCode.Remember(thread, range, version);
    }

    [DoesNotReturn]
    private static void ThrowUnregistered(nuint entry) => throw new InvalidOperationException(
        $"The address 0x{entry:x} lies in no registered guest code, so its faults would crash the process. Announce the code with "
        + "GuestCode.Register, RegisterImage or Emit, or run it with GuestCodePolicy.GuestStack.");
}
