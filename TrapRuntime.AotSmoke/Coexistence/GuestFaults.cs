using System.Runtime.InteropServices;
using TrapRuntime.AotSmoke.Guests;
using TrapRuntime.AotSmoke.Scenarios;

namespace TrapRuntime.AotSmoke.Coexistence;

/// <summary>Every kind of hardware trap, each as a guest that runs into it. Shared by all threads, never freed.</summary>
internal static unsafe class GuestFaults
{
    private const int ReservedBytes = 1 << 20;

    private static readonly GuestMemory s_memory = GuestMemory.Reserve((nuint)Environment.SystemPageSize, ReservedBytes, ReservedBytes);

    /// <summary>Gets all of them.</summary>
    internal static IReadOnlyList<GuestFault> All { get; } =
    [
        new("read", ReadGuest.Emit(), (nint)WildAddress.Unmapped, TrapKind.Hardware, TrapCode.None, WildAddress.Unmapped),
        new("null write", WriteGuest.Emit(), 0, TrapKind.Hardware, TrapCode.None, 0),
        new("non-canonical read", ReadGuest.Emit(), (nint)WildAddress.NonCanonical, TrapKind.Hardware, TrapCode.None),
        new("jump to null", JumpGuest.Emit(), 0, TrapKind.Hardware, TrapCode.None, 0),
        new("memory", WriteGuest.Emit(), s_memory.Base + (nint)s_memory.Length, TrapKind.Hardware, TrapCode.HeapAccessOutOfBounds),
        new("division by zero", DivideGuest.Emit(wide: false, fromMemory: false), Division(1, 0), TrapKind.Hardware, TrapCode.IntegerDivisionByZero),
        new("division overflow", DivideGuest.Emit(wide: true, fromMemory: true), Division(long.MinValue, -1), TrapKind.Hardware, TrapCode.IntegerOverflow),
        new("unreachable", UndefinedGuest.Emit((byte)(TrapCode.UnreachableCodeReached - 1), rexPrefix: false), 0, TrapKind.Hardware, TrapCode.UnreachableCodeReached),
        new("recursion", RecurseGuest.Emit(), 0, TrapKind.Hardware, TrapCode.StackOverflow),
    ];

    private static nint Division(long dividend, long divisor)
    {
        DivideGuest.Division* state = (DivideGuest.Division*)NativeMemory.AllocZeroed((nuint)sizeof(DivideGuest.Division));
        state->Dividend = dividend;
        state->Divisor = divisor;
        return (nint)state;
    }
}
