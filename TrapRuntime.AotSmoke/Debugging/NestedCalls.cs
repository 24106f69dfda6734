using System.Runtime.CompilerServices;
using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Debugging;

/// <summary>Host, guest, host, guest, host: what a debugger's back-trace must show whole.</summary>
internal static unsafe class NestedCalls
{
    private static int s_layers;
    private static nint s_guest;

    /// <summary>Goes down two guests to <see cref="Innermost"/>.</summary>
    internal static void Run()
    {
        using HostFunction host = HostFunction.Create(GuestSignature.Create([]), Descend);
        X64Emitter e = new();
        e.Push(Reg64.Rbp);
        e.Move(Reg64.Rbp, Reg64.Rsp);
        e.Move(Reg64.Rax, host.Address);
        e.Call(Reg64.Rax);
        e.Pop(Reg64.Rbp);
        e.Return();
        using GuestCode guest = GuestCode.Emit(e.Finish(), new GuestCodeInfo { Name = "debugged guest" });
        s_guest = guest.Start;
        Enter();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Enter() => GuestCall.Run((delegate* unmanaged<void*, void>)s_guest, null);

    private static GuestValue Descend(ref HostCallContext call)
    {
        if (++s_layers == 2)
        {
            Innermost();
        }
        else
        {
            Enter();
        }

        return default;
    }

    /// <summary>Where a breakpoint goes.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Innermost() => Console.WriteLine("innermost");
}
