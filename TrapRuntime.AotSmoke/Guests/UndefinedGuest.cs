using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Guests;

/// <summary>Executes an undefined instruction: plain, or one that carries a trap code.</summary>
internal static class UndefinedGuest
{
    internal const string Name = "undefined";

    internal static GuestCode Emit() => GuestAssembly.Announce(Name, Write);

    internal static GuestCode Emit(byte payload, bool rexPrefix) =>
        GuestAssembly.Announce(Name, e => e.UndefinedWithPayload(payload, rexPrefix));

    /// <summary>The plain one, for whoever maps it himself.</summary>
    internal static void Write(X64Emitter e) => e.UndefinedInstruction();
}
