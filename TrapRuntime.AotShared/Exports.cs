using System.Runtime.InteropServices;
using TrapRuntime.AotSmoke.Coexistence;

namespace TrapRuntime.AotShared;

/// <summary>What the library offers to C. None of these lets an exception out.</summary>
internal static class Exports
{
    private const int Success = 0;
    private const int Failure = 1;

    /// <summary><c>void trapruntime_start(void)</c>: brings the .NET runtime up, and nothing of TrapRuntime.</summary>
    [UnmanagedCallersOnly(EntryPoint = "trapruntime_start")]
    internal static void Start() => GC.KeepAlive(new object());

    /// <summary><c>int trapruntime_initialize(int installHandlers)</c>.</summary>
    [UnmanagedCallersOnly(EntryPoint = "trapruntime_initialize")]
    internal static int Initialize(int installHandlers) =>
        Try(() => TrapHandlers.Initialize(new TrapHandlerOptions { InstallHandlers = installHandlers != 0 }));

    /// <summary><c>int (*trapruntime_try_handle(void))(int, siginfo_t*, void*)</c>.</summary>
    [UnmanagedCallersOnly(EntryPoint = "trapruntime_try_handle")]
    internal static nint TryHandle() => TrapHandlers.NativeTryHandle;

    /// <summary><c>int trapruntime_ensure_topmost(void)</c>: 1 if another handler had come on top.</summary>
    [UnmanagedCallersOnly(EntryPoint = "trapruntime_ensure_topmost")]
    internal static int EnsureTopmost() => TrapHandlers.EnsureTopmost() ? 1 : 0;

    /// <summary><c>int trapruntime_trap_all(void)</c>: has a guest run into each kind of fault; 0 when each came back as its trap.</summary>
    [UnmanagedCallersOnly(EntryPoint = "trapruntime_trap_all")]
    internal static int TrapAll() => Try(static () =>
    {
        foreach (GuestFault fault in GuestFaults.All)
        {
            string? wrong = fault.Run();
            if (wrong is not null)
            {
                throw new InvalidOperationException(wrong);
            }
        }
    });

    /// <summary><c>int trapruntime_managed_faults(int depth)</c>: 0 when the runtime turned its own faults into exceptions.</summary>
    [UnmanagedCallersOnly(EntryPoint = "trapruntime_managed_faults")]
    internal static int ManagedFaultsAt(int depth)
    {
        int caught = 0;
        try
        {
            _ = ManagedFaults.NullReference(depth);
        }
        catch (NullReferenceException)
        {
            caught++;
        }

        try
        {
            _ = ManagedFaults.DivideByZero(depth);
        }
        catch (DivideByZeroException)
        {
            caught++;
        }

        return caught == 2 ? Success : Failure;
    }

    private static int Try(Action action)
    {
        try
        {
            action();
            return Success;
        }
        catch (Exception error)
        {
            Console.Error.WriteLine(error);
            return Failure;
        }
    }
}
