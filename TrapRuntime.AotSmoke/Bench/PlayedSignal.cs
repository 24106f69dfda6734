using System.Runtime.InteropServices;
using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;
using TrapRuntime.Platforms;
using TrapRuntime.Platforms.Linux;

namespace TrapRuntime.AotSmoke.Bench;

/// <summary>
/// A guest that plays the kernel's part: with ten frames on its stack it goes to the gate as a signal would, with what an earlier signal
/// brought. What such a trap costs is this library's share of a real one, but for the caches that the kernel leaves cold.
/// </summary>
internal sealed unsafe class PlayedSignal
{
    private const int Frames = 10;

    /// <summary>Behind the legacy vector state the kernel says how many bytes of state there are (<c>struct _fpx_sw_bytes</c>).</summary>
    private const int VectorStateSize = 464 + sizeof(int);

    private static LinuxX64Context* s_context;
    private static LinuxSignalInfo* s_info;

    private readonly GuestCode _guest;

    internal PlayedSignal(GuestCode nullRead)
    {
        _ = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)nullRead.Start, null, handler: new TrapHandlerFn(&Keep));
        _guest = BenchGuests.Emit("played signal", Write);
    }

    /// <summary>Traps as often as told.</summary>
    internal void Run(int count)
    {
        for (int i = 0; i < count; i++)
        {
            _ = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)_guest.Start, null);
        }
    }

    [UnmanagedCallersOnly]
    private static int Keep(TrapSignal* signal)
    {
        LinuxX64Context* context = (LinuxX64Context*)signal->Context;
        s_info = (LinuxSignalInfo*)Copy(signal->Info, sizeof(LinuxSignalInfo));
        s_context = (LinuxX64Context*)Copy(context, sizeof(LinuxX64Context));
        s_context->Fpregs = (nuint)Copy((void*)context->Fpregs, *(int*)(context->Fpregs + VectorStateSize));
        return 0;
    }

    private static void* Copy(void* source, int length)
    {
        void* copy = NativeMemory.AlignedAlloc((nuint)length, (nuint)Environment.SystemPageSize);
        NativeMemory.Copy(source, copy, (nuint)length);
        return copy;
    }

    private static void Write(X64Emitter e)
    {
        GateLayout layout = LinuxX64Layout.Create();
        nint gate = PlatformSignals.Current.Query(LinuxSignals.SIGSEGV).Handler;
        CodeLabel here = e.NewLabel();
        BenchGuests.WriteFrames(e, Frames);
        e.Bind(here);
        e.Move(Reg64.Rdx, (nint)s_context);
        e.AddressOf(Reg64.Rax, here);
        e.Store(Reg64.Rdx, layout.ProgramCounter, Reg64.Rax);
        e.Store(Reg64.Rdx, layout.StackPointer, Reg64.Rsp);
        e.Store(Reg64.Rdx, (int)((byte*)&s_context->Rbp - (byte*)s_context), Reg64.Rbp);
        e.Move(Reg64.Rsi, (nint)s_info);
        e.Move(Reg64.Rdi, LinuxSignals.SIGSEGV);
        e.Move(Reg64.Rax, gate - PlatformSignals.RestorerDistance);
        e.Push(Reg64.Rax);
        e.Move(Reg64.Rax, gate);
        e.Jump(Reg64.Rax);
    }
}
