using System.Runtime.InteropServices;
using TrapRuntime.AotSmoke.Guests;
using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Coexistence;

/// <summary>A trap leaves the thread's state as it was, unusual values of it too.</summary>
internal static unsafe class StateKept
{
    private const int ErrorNumber = 123;

    /// <summary>Access to protection key 15 denied, which nothing in this process uses: bits 30 and 31.</summary>
    private const uint OtherKeys = 0x8000_0000;

    private static readonly nint s_writeProtectionKeys = GuestAssembly.MapForeign(static e =>
    {
        e.Move(Reg64.Rax, Reg64.Rdi);
        e.Zero(Reg64.Rcx);
        e.Zero(Reg64.Rdx);
        e.WriteProtectionKeys();
        e.Return();
    });

    internal static string? Run()
    {
        foreach (GuestFault fault in GuestFaults.All)
        {
            // Twice: the first trap of a kind may load or compile something.
            string? wrong = fault.Run() ?? RunAndCompare(fault);
            if (wrong is not null)
            {
                return wrong;
            }
        }

        return null;
    }

    private static string? RunAndCompare(GuestFault fault)
    {
        if (ThreadFacts.HasProtectionKeys)
        {
            uint rights = ThreadFacts.Read().ProtectionKeys | OtherKeys;
            ((delegate* unmanaged<uint, void>)s_writeProtectionKeys)(rights);
        }

        Marshal.SetLastSystemError(ErrorNumber);
        ThreadFacts before = ThreadFacts.Read();
        string? wrong = fault.Run();
        ThreadFacts after = ThreadFacts.Read();
        return wrong ?? (before == after ? null : $"{fault.Name}: {before} became {after}");
    }
}
