namespace TrapRuntime.Platforms.Linux;

/// <summary>System call numbers of Linux on x86_64 (<c>asm/unistd_64.h</c>, proven by the layout tests).</summary>
internal static class LinuxX64SystemCalls
{
    internal const int __NR_write = 1;
    internal const int __NR_mprotect = 10;
    internal const int __NR_rt_sigaction = 13;
    internal const int __NR_rt_sigprocmask = 14;
    internal const int __NR_getpid = 39;
    internal const int __NR_sigaltstack = 131;
    internal const int __NR_gettid = 186;
    internal const int __NR_rt_tgsigqueueinfo = 297;

    /// <summary>Gets the numbers under the names the thunks use.</summary>
    internal static SystemCallNumbers Numbers => new()
    {
        Write = __NR_write,
        SignalAction = __NR_rt_sigaction,
        SignalMask = __NR_rt_sigprocmask,
        SignalStack = __NR_sigaltstack,
        QueueSignalToThread = __NR_rt_tgsigqueueinfo,
        ProtectMemory = __NR_mprotect,
        ReadWrite = LinuxMemory.PROT_READ | LinuxMemory.PROT_WRITE,
        ProcessId = __NR_getpid,
        ThreadId = __NR_gettid,
    };
}
