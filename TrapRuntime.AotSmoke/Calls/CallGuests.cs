using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Calls;

/// <summary>The guest functions that most checks call.</summary>
internal sealed class CallGuests : IDisposable
{
    /// <summary>The payload that stands for <see cref="TrapCode.UnreachableCodeReached"/>: members count from 1, payloads from 0.</summary>
    private const byte DamagedPayload = (byte)TrapCode.UnreachableCodeReached - 1;

    private const int LocalBytes = 24;
    private const int SecondLocal = 16;
    private const long Mark = 0x6D61726B_5AFE_C0DE;

    private static readonly GuestValueKind[] s_two = [GuestValueKind.Int64, GuestValueKind.Int64];
    private static readonly Reg64[] s_calleeSaved = [Reg64.Rbx, Reg64.R12, Reg64.R13, Reg64.R14, Reg64.R15];

    private readonly GuestCode _code;

    internal CallGuests()
    {
        X64Emitter e = new();
        CodeLabel apply = e.NewLabel();
        CodeLabel divide = e.NewLabel();
        CodeLabel loop = e.NewLabel();
        CodeLabel twice = e.NewLabel();
        e.Bind(apply);
        WriteApply(e);
        e.Bind(divide);
        WriteDivide(e);
        e.Bind(loop);
        WriteLoop(e);
        e.Bind(twice);
        WriteTwice(e);
        _code = GuestCode.Emit(e.Finish(), new GuestCodeInfo { Name = "calls" });
        Apply = new GuestFunction(_code.Start, Two);
        DivideByZero = _code.Start + e.OffsetOf(divide);
        Loop = _code.Start + e.OffsetOf(loop);
        Twice = _code.Start + e.OffsetOf(twice);
    }

    /// <summary>Gets the signature <c>int64 (int64, int64)</c>.</summary>
    internal static GuestSignature Two { get; } = GuestSignature.Create(s_two, GuestValueKind.Int64);

    /// <summary>Gets the signature <c>int64 (int64)</c>.</summary>
    internal static GuestSignature One { get; } = GuestSignature.Create(s_two.AsSpan(1), GuestValueKind.Int64);

    /// <summary>
    /// Gets <c>int64 apply(int64 function, int64 argument)</c>: calls the function, and traps with
    /// <see cref="TrapCode.UnreachableCodeReached"/> if a callee-saved register or its own frame came back changed.
    /// </summary>
    internal GuestFunction Apply { get; }

    /// <summary>Gets the address of <c>int64 (int64 dividend)</c>, which divides by zero.</summary>
    internal nint DivideByZero { get; }

    /// <summary>Gets the address of <c>void (int64* started)</c>, which says that it has begun and never ends.</summary>
    internal nint Loop { get; }

    /// <summary>Gets the address of <c>int64 (void (*function)(int64))</c>, which calls it with 1, then with 2, and returns the second result.</summary>
    internal nint Twice { get; }

    /// <summary>Has <see cref="Apply"/> call a function.</summary>
    internal TrapResult Call(nint function, long argument, out long value, CancellationToken token = default)
    {
        TrapResult result = Apply.Invoke(
            [GuestValue.FromInt64(function), GuestValue.FromInt64(argument)], out GuestValue returned, cancellationToken: token);
        value = result.IsTrap ? 0 : returned.AsInt64();
        return result;
    }

    /// <summary>Has <see cref="Apply"/> call a host function.</summary>
    internal TrapResult Call(HostFunction function, long argument = 0) => Call(function.Address, argument, out _);

    /// <summary>Traps, and checks that it did.</summary>
    internal void TrapOnce() => Require.Trap(TrapKind.Hardware, TrapCode.IntegerDivisionByZero, Call(DivideByZero, 1, out _));

    /// <inheritdoc/>
    public void Dispose() => _code.Dispose();

    private static void WriteApply(X64Emitter e)
    {
        CodeLabel damaged = e.NewLabel();
        e.Push(Reg64.Rbp);
        e.Move(Reg64.Rbp, Reg64.Rsp);
        foreach (Reg64 register in s_calleeSaved)
        {
            e.Push(register);
        }

        e.Subtract(Reg64.Rsp, LocalBytes);
        for (int i = 0; i < s_calleeSaved.Length; i++)
        {
            e.Move(s_calleeSaved[i], Mark + i);
        }

        e.Store(Reg64.Rsp, 0, Reg64.Rbx);
        e.Store(Reg64.Rsp, SecondLocal, Reg64.R15);
        e.Move(Reg64.Rax, Reg64.Rdi);
        e.Move(Reg64.Rdi, Reg64.Rsi);
        e.Call(Reg64.Rax);

        e.Compare(Reg64.Rbx, Reg64.Rsp, 0);
        e.JumpIf(Condition.NotEqual, damaged);
        e.Compare(Reg64.R15, Reg64.Rsp, SecondLocal);
        e.JumpIf(Condition.NotEqual, damaged);
        for (int i = 0; i < s_calleeSaved.Length; i++)
        {
            e.Move(Reg64.Rcx, Mark + i);
            e.Compare(s_calleeSaved[i], Reg64.Rcx);
            e.JumpIf(Condition.NotEqual, damaged);
        }

        e.Add(Reg64.Rsp, LocalBytes);
        for (int i = s_calleeSaved.Length - 1; i >= 0; i--)
        {
            e.Pop(s_calleeSaved[i]);
        }

        e.Pop(Reg64.Rbp);
        e.Return();
        e.Bind(damaged);
        e.UndefinedWithPayload(DamagedPayload);
    }

    private static void WriteDivide(X64Emitter e)
    {
        e.Move(Reg64.Rax, Reg64.Rdi);
        e.SignExtendAccumulator64();
        e.Zero(Reg64.Rcx);
        e.DivideSigned64(Reg64.Rcx);
        e.Return();
    }

    private static void WriteLoop(X64Emitter e)
    {
        CodeLabel again = e.NewLabel();
        e.StoreImmediate(Reg64.Rdi, 0, 1);
        e.Bind(again);
        e.Pause();
        e.Jump(again);
    }

    // Keeps the stack 16-byte aligned at its calls: the pushed register makes up for the return address.
    private static void WriteTwice(X64Emitter e)
    {
        e.Push(Reg64.Rbx);
        e.Move(Reg64.Rbx, Reg64.Rdi);
        e.Move(Reg64.Rdi, 1);
        e.Call(Reg64.Rbx);
        e.Move(Reg64.Rdi, 2);
        e.Call(Reg64.Rbx);
        e.Pop(Reg64.Rbx);
        e.Return();
    }
}
