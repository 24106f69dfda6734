using TrapRuntime.AotSmoke.Guests;
using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Crashes;

/// <summary>Calls native code that nobody announced, on the host stack, as any P/Invoke does.</summary>
internal static unsafe class NativeCode
{
    internal static void Call(Action<X64Emitter> write, void* argument) => Call(GuestAssembly.MapForeign(write), argument);

    internal static void Call(nint function, void* argument) => ((delegate* unmanaged<void*, void>)function)(argument);
}
