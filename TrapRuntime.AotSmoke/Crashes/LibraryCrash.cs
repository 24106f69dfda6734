using System.Runtime.InteropServices;
using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Crashes;

/// <summary>A guest gives strlen a bad pointer, and nobody announced the C library.</summary>
internal sealed unsafe class LibraryCrash : ICrash
{
    private const nuint BadPointer = 8;

    /// <inheritdoc/>
    public string Name => "library";

    /// <inheritdoc/>
    public string Summary => "a C library function on a guest stack gets a bad pointer, policy RegisteredCode";

    /// <inheritdoc/>
    public void Die(bool without)
    {
        nint length = NativeLibrary.GetExport(NativeLibrary.Load("libc.so.6"), "strlen");
        if (without)
        {
            NativeCode.Call(length, (void*)BadPointer);
            return;
        }

        CrashTalk.Announce("no GuestCode holds the program counter 0x");
        using GuestCode guest = CallWithArgumentGuest.Emit();
        CallWithArgumentGuest.Call call = new() { Function = length, Argument = BadPointer };
        _ = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)guest.Start, &call);
    }
}
