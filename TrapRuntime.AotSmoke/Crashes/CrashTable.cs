using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Crashes;

/// <summary>All crashes.</summary>
internal static class CrashTable
{
    /// <summary>Gets every crash, in the order of the usage text.</summary>
    internal static IReadOnlyList<ICrash> All { get; } =
    [
        new NativeWriteCrash(),
        new NativeIllegalCrash(),
        new NativePayloadCrash(),
        new NativeDivideCrash(),
        new NativeBusCrash(),
        new NativeAbortCrash(),
        new NativeRaiseCrash(),
        new NativeRaiseInHostCrash(),
        new UnregisteredCodeCrash(),
        new LibraryCrash(),
        new KillIdleCrash(),
        new KillGuestCrash(),
        new QueuedSignalCrash(),
        new GuestSignalCrash(),
        new FailFastCrash(),
        new UnhandledExceptionCrash(),
        new UnhandledNullReferenceCrash(),
        new ManagedStackOverflowCrash(),
        new ForeignThreadCrash(),
        new HostFunctionCrash(),
        new ExceptionInPlaceCrash(),
        new HandlerFaultCrash("handler-fault", "reads null", ReadNull),
        new HandlerFaultCrash("handler-illegal", "executes ud2", static e => e.UndefinedInstruction()),
    ];

    private static void ReadNull(X64Emitter e)
    {
        e.Zero(Reg64.Rdi);
        e.Load(Reg64.Rax, Reg64.Rdi, 0);
        e.Return();
    }
}
