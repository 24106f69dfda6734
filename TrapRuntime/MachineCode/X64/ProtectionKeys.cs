using System.Runtime.Intrinsics.X86;
using TrapRuntime.Platforms;
using TrapRuntime.Platforms.Linux;

namespace TrapRuntime.MachineCode.X64;

/// <summary>
/// Memory protection keys, rights that each thread holds in a register. The kernel resets it for a handler and only the return from the
/// signal brings it back, so a host that uses keys must not be left by a jump.
/// </summary>
internal static class ProtectionKeys
{
    /// <summary>CPUID leaf 7, ecx: the system has turned the keys on (Intel SDM volume 2, CPUID).</summary>
    private const int FeatureLeaf = 7;
    private const int OSPKE = 1 << 4;

    /// <summary>CPUID leaf 13: the state components of XSAVE, of which PKRU is number 9; ebx holds its offset (Intel SDM volume 1, 13.5.7).</summary>
    private const int StateLeaf = 13;
    private const int Component = 9;

    /// <summary>XSTATE_BV, behind the legacy region of 512 bytes: which components were saved at all (Intel SDM volume 1, 13.4.2).</summary>
    private const int SavedComponents = 512;

    /// <summary>Finds where the XSAVE area of a signal frame, which is in standard form, holds PKRU; 0 where there is none.</summary>
    internal static int FindOffset()
    {
        bool isInUse = X86Base.IsSupported && X86Base.CpuId(0, 0).Eax >= StateLeaf && (X86Base.CpuId(FeatureLeaf, 0).Ecx & OSPKE) != 0;
        return isInUse ? X86Base.CpuId(StateLeaf, Component).Ebx : 0;
    }

    // A kernel that could not write a signal frame leaves the rights at 0, all access, in place of the thread's (seen on Linux 6.18):
    // then those in force in the handler, which are what a thread starts with, are the better guess.
    // In:  r12 = siginfo, r13 = ucontext. Goes to `differs` where the interrupted rights are not those in force now.
    // Clobbers: rax, rcx, rdx, r8, flags.
    internal static void EmitCompare(X64Emitter e, in GateLayout layout, int offset, CodeLabel differs)
    {
        CodeLabel compare = e.NewLabel();
        CodeLabel same = e.NewLabel();
        e.Load(Reg64.R8, Reg64.R13, layout.VectorState);
        e.Test(Reg64.R8, Reg64.R8);
        e.JumpIf(Condition.Equal, differs);
        e.Zero(Reg64.Rcx);
        e.ReadProtectionKeys();

        // A component that was not saved had its first value, which is 0.
        e.Zero(Reg64.Rcx);
        e.TestMemory32(Reg64.R8, SavedComponents, 1 << Component);
        e.JumpIf(Condition.Equal, compare);
        e.Load32(Reg64.Rcx, Reg64.R8, offset);
        e.Bind(compare);
        e.Compare32(Reg64.Rax, Reg64.Rcx);
        e.JumpIf(Condition.Equal, same);
        e.Test32(Reg64.Rcx, Reg64.Rcx);
        e.JumpIf(Condition.NotEqual, differs);
        e.CompareMemory32(Reg64.R12, layout.SignalCode, LinuxSignalInfo.SI_KERNEL);
        e.JumpIf(Condition.NotEqual, differs);
        e.Bind(same);
    }
}
