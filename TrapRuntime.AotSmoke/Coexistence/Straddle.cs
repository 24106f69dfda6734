using TrapRuntime.AotSmoke.Guests;
using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Coexistence;

/// <summary>
/// Accesses that begin inside a linear memory and end outside it, by every width that compilers emit (CVE-2026-24116: one that reached
/// into the guard was taken for a crash).
/// </summary>
internal static unsafe class Straddle
{
    private const int Reserved = 1 << 20;

    internal static string? Run()
    {
        using GuestMemory memory = GuestMemory.Reserve((nuint)Environment.SystemPageSize, Reserved, Reserved);
        return Try(memory, sizeof(ulong), static e => e.Load(Reg64.Rax, Reg64.Rdi, 0))
            ?? Try(memory, sizeof(uint), static e => e.Load32(Reg64.Rax, Reg64.Rdi, 0))
            ?? Try(memory, sizeof(ushort), static e => e.Load16(Reg64.Rax, Reg64.Rdi, 0))
            ?? Try(memory, sizeof(ulong), static e => e.Store(Reg64.Rdi, 0, Reg64.Rax))
            ?? Try(memory, 2 * sizeof(ulong), static e => e.LoadVector(Xmm.Xmm0, Reg64.Rdi, 0))
            ?? Try(memory, 2 * sizeof(ulong), static e => e.StoreVector(Reg64.Rdi, 0, Xmm.Xmm0));
    }

    // From the last address that fits to the first that lies outside altogether.
    private static string? Try(GuestMemory memory, int width, Action<X64Emitter> access)
    {
        using GuestCode code = GuestAssembly.Announce("access", e =>
        {
            access(e);
            e.Return();
        });
        nint end = memory.Base + (nint)memory.Length;
        for (int inside = width; inside >= 0; inside--)
        {
            Trap? trap = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)code.Start, (void*)(end - inside)).Trap;
            TrapCode? expected = inside == width ? null : TrapCode.HeapAccessOutOfBounds;
            if (trap?.Code != expected)
            {
                return $"{width} bytes, {inside} of them inside, ended in {trap?.ToString() ?? "a return"}";
            }
        }

        return null;
    }
}
