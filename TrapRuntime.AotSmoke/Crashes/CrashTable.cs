using TrapRuntime.AotSmoke.Guests;
using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Crashes;

/// <summary>All crashes.</summary>
internal static unsafe class CrashTable
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
        new HostFunctionCrash("host-function", "writes to null", WriteNull, WriteGuest.Write),

        // Ending the guest from there would skip the host function's managed frames.
        new HostFunctionCrash("native-raise-in-host", "raises as if it were the guest's", Raise, UndefinedGuest.Write),
        new ExceptionInPlaceCrash(),
        new HandlerFaultCrash("handler-fault", "reads null", ReadNull),
        new HandlerFaultCrash("handler-illegal", "executes ud2", static e => e.UndefinedInstruction()),
    ];

    private static void WriteNull() => NativeCode.Call(WriteGuest.Write, null);

    private static void Raise() => NativeCode.Call(HostCall.NativeRaiseTrap, (void*)(nint)TrapCode.BadSignature);

    private static void ReadNull(X64Emitter e)
    {
        e.Zero(Reg64.Rdi);
        e.Load(Reg64.Rax, Reg64.Rdi, 0);
        e.Return();
    }
}
