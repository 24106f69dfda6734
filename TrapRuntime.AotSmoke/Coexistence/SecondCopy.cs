using System.Runtime.InteropServices;

namespace TrapRuntime.AotSmoke.Coexistence;

/// <summary>
/// Another copy of TrapRuntime in the same process, in a NativeAOT library with a runtime of its own. Both trap on the same threads, and
/// each puts itself on top of the other.
/// </summary>
internal static unsafe class SecondCopy
{
    private const int Threads = 4;
    private const int Rounds = 100;
    private const int RoundsPerTurn = 10;
    private const int Depth = 50;

    internal static string? Run(string library)
    {
        TrapHandlers.Initialize();
        nint handle = NativeLibrary.Load(library);
        int initialized = ((delegate* unmanaged<int, int>)NativeLibrary.GetExport(handle, "trapruntime_initialize"))(1);
        if (initialized != 0)
        {
            return "the second copy does not initialize";
        }

        string? wrong = null;
        int mappings = 0;
        Thread[] threads = new Thread[Threads];
        for (int i = 0; i < Threads; i++)
        {
            threads[i] = new Thread(() =>
            {
                string? own = Work(handle);
                if (own is not null)
                {
                    wrong = own;
                }
            });
            threads[i].Start();
            mappings = MemoryUse.Mappings();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        return wrong ?? (MemoryUse.Mappings() > mappings + (Threads * Rounds) ? "gates pile up" : null);
    }

    private static string? Work(nint handle)
    {
        var trapAll = (delegate* unmanaged<int>)NativeLibrary.GetExport(handle, "trapruntime_trap_all");
        var managedFaults = (delegate* unmanaged<int, int>)NativeLibrary.GetExport(handle, "trapruntime_managed_faults");
        var ensureTopmost = (delegate* unmanaged<int>)NativeLibrary.GetExport(handle, "trapruntime_ensure_topmost");
        for (int i = 0; i < Rounds; i++)
        {
            foreach (GuestFault fault in GuestFaults.All)
            {
                string? wrong = fault.Run();
                if (wrong is not null)
                {
                    return wrong;
                }
            }

            if (trapAll() != 0)
            {
                return "a trap of the second copy went wrong";
            }

            if (managedFaults(Depth) != 0)
            {
                return "a managed fault of the second runtime went wrong";
            }

            if (Storms.ManagedEvents.Faults(Depth) is string managed)
            {
                return managed;
            }

            if (i % RoundsPerTurn == 0)
            {
                _ = ensureTopmost();
                _ = TrapHandlers.EnsureTopmost();
            }
        }

        return null;
    }
}
