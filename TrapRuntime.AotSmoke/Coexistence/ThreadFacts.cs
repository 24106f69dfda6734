using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using TrapRuntime.AotSmoke.Guests;
using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Coexistence;

/// <summary>What a trap must leave as it was: the calling thread's signal mask, error number, floating-point control, protection keys.</summary>
internal readonly unsafe record struct ThreadFacts(ulong Mask, int Error, uint Mxcsr, uint X87Control, uint ProtectionKeys)
{
    /// <summary>MXCSR without its sticky exception flags, which any arithmetic sets.</summary>
    private const uint MxcsrControlBits = 0xFFC0;

    private const int SysRtSigprocmask = 14; // the kernel's number on x86_64
    private const int KernelMaskBytes = 8;

    private const int MaskOffset = 0;
    private const int MxcsrOffset = 8;
    private const int X87Offset = 12;
    private const int KeysOffset = 16;

    /// <summary>Gets a value indicating whether the system uses protection keys: OSPKE (Intel SDM volume 2, CPUID).</summary>
    internal static bool HasProtectionKeys { get; } = (X86Base.CpuId(7, 0).Ecx & (1 << 4)) != 0;

    // After the property: it decides what is written.
    private static readonly delegate* unmanaged<byte*, void> s_read = (delegate* unmanaged<byte*, void>)GuestAssembly.MapForeign(Write);

    /// <summary>Reads the calling thread's.</summary>
    internal static ThreadFacts Read()
    {
        int error = Marshal.GetLastSystemError();
        byte* state = stackalloc byte[KeysOffset + sizeof(ulong)];
        *(ulong*)(state + MxcsrOffset) = 0;
        *(ulong*)(state + KeysOffset) = 0;
        s_read(state);
        return new ThreadFacts(
            *(ulong*)(state + MaskOffset),
            error,
            *(uint*)(state + MxcsrOffset) & MxcsrControlBits,
            *(uint*)(state + X87Offset),
            *(uint*)(state + KeysOffset));
    }

    // In:  rdi = where to.
    private static void Write(X64Emitter e)
    {
        e.StoreMxcsr(Reg64.Rdi, MxcsrOffset);
        e.StoreX87Control(Reg64.Rdi, X87Offset);
        if (HasProtectionKeys)
        {
            e.Zero(Reg64.Rcx);
            e.ReadProtectionKeys();
            e.Store32(Reg64.Rdi, KeysOffset, Reg64.Rax);
        }

        e.Address(Reg64.Rdx, Reg64.Rdi, MaskOffset);
        e.Zero(Reg64.Rdi);
        e.Zero(Reg64.Rsi);
        e.Move(Reg64.R10, KernelMaskBytes);
        e.Move(Reg64.Rax, SysRtSigprocmask);
        e.SystemCall();
        e.Return();
    }
}
