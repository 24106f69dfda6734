namespace TrapRuntime.Platforms.Linux;

/// <summary>Linux signal reasons in neutral terms (sigaction(2)).</summary>
internal static class LinuxFaults
{
    private const int BUS_ADRALN = 1;
    private const int BUS_ADRERR = 2;
    private const int BUS_OBJERR = 3;
    private const int FPE_INTDIV = 1;
    private const int FPE_INTOVF = 2;

    /// <summary>Translates a signal and its reason.</summary>
    internal static FaultKind KindOf(int signal, int code)
    {
        // The kernel makes positive codes only; zero and below come from kill(2), sigqueue(3) and the like.
        if (code <= 0)
        {
            return FaultKind.Other;
        }

        return signal switch
        {
            LinuxSignals.SIGSEGV => code == LinuxSignalInfo.SI_KERNEL ? FaultKind.MemoryAccessWithoutAddress : FaultKind.MemoryAccess,
            LinuxSignals.SIGBUS => code switch
            {
                // A non-canonical stack access on x86_64.
                LinuxSignalInfo.SI_KERNEL => FaultKind.MemoryAccessWithoutAddress,
                BUS_ADRALN => FaultKind.Misaligned,
                BUS_ADRERR or BUS_OBJERR => FaultKind.Bus,

                // Memory that the hardware lost is nobody's mistake.
                _ => FaultKind.Other,
            },
            LinuxSignals.SIGILL => FaultKind.IllegalInstruction,
            LinuxSignals.SIGFPE => code switch
            {
                FPE_INTDIV => FaultKind.IntegerDivide,
                FPE_INTOVF => FaultKind.IntegerOverflow,
                _ => FaultKind.FloatingPoint,
            },
            _ => FaultKind.Other,
        };
    }

    /// <summary>Gives the name of a signal.</summary>
    internal static string NameOf(int signal) => signal switch
    {
        LinuxSignals.SIGILL => "SIGILL",
        LinuxSignals.SIGBUS => "SIGBUS",
        LinuxSignals.SIGFPE => "SIGFPE",
        LinuxSignals.SIGUSR1 => "SIGUSR1",
        LinuxSignals.SIGSEGV => "SIGSEGV",
        LinuxSignals.SIGUSR2 => "SIGUSR2",
        _ => "unnamed",
    };
}
