using System.Runtime.InteropServices;
using TrapRuntime.Platforms.Linux;

namespace TrapRuntime.Tests.MachineCode.X64.Running;

/// <summary>The records a kernel would pass to a handler.</summary>
internal sealed unsafe class FakeSignal : IDisposable
{
    private const int MapError = 1;

    internal FakeSignal(int number = LinuxSignals.SIGSEGV, int code = MapError)
    {
        Number = number;
        Info = (LinuxSignalInfo*)NativeMemory.AllocZeroed((nuint)sizeof(LinuxSignalInfo));
        Context = (LinuxX64Context*)NativeMemory.AllocZeroed((nuint)sizeof(LinuxX64Context));
        Info->si_signo = number;
        Info->si_code = code;
    }

    internal int Number { get; }

    internal LinuxSignalInfo* Info { get; }

    internal LinuxX64Context* Context { get; }

    internal ulong[] Arguments => [(ulong)Number, (ulong)Info, (ulong)Context];

    public void Dispose()
    {
        NativeMemory.Free(Info);
        NativeMemory.Free(Context);
    }
}
