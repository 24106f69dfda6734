using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Guests;

/// <summary>
/// <c>int64_t fold(int64_t × 8, double × 10)</c>: more arguments than registers of either kind. Folds their bits, so that none can be
/// missed or swapped without notice: each step doubles what there is and adds the next.
/// </summary>
internal static class FoldGuest
{
    internal const string Name = "fold";
    internal const int Integers = 8;
    internal const int Doubles = 10;

    private const int IntegersInRegisters = 6;
    private const int DoublesInRegisters = 8;

    /// <summary>The saved frame pointer and the return address lie below the arguments.</summary>
    private const int FirstOnStack = 2 * sizeof(ulong);

    private static readonly Reg64[] s_integerRegisters = [Reg64.Rdi, Reg64.Rsi, Reg64.Rdx, Reg64.Rcx, Reg64.R8, Reg64.R9];

    internal static GuestCode Emit() => GuestAssembly.Announce(Name, static e =>
    {
        e.EnterFrame();
        e.Zero(Reg64.Rax);
        int onStack = FirstOnStack;
        for (int i = 0; i < Integers; i++)
        {
            Add(e, i < IntegersInRegisters ? s_integerRegisters[i] : LoadNext(e, ref onStack));
        }

        for (int i = 0; i < Doubles; i++)
        {
            Add(e, i < DoublesInRegisters ? LoadVector(e, (Xmm)i) : LoadNext(e, ref onStack));
        }

        e.LeaveFrame();
    });

    /// <summary>What the guest comes to.</summary>
    internal static long Fold(ReadOnlySpan<long> integers, ReadOnlySpan<double> doubles)
    {
        long sum = 0;
        foreach (long integer in integers)
        {
            sum = unchecked((2 * sum) + integer);
        }

        foreach (double number in doubles)
        {
            sum = unchecked((2 * sum) + BitConverter.DoubleToInt64Bits(number));
        }

        return sum;
    }

    private static void Add(X64Emitter e, Reg64 value)
    {
        e.Add(Reg64.Rax, Reg64.Rax);
        e.Add(Reg64.Rax, value);
    }

    private static Reg64 LoadVector(X64Emitter e, Xmm register)
    {
        e.MoveToGeneral(Reg64.R10, register);
        return Reg64.R10;
    }

    private static Reg64 LoadNext(X64Emitter e, ref int onStack)
    {
        e.Load(Reg64.R10, Reg64.Rbp, onStack);
        onStack += sizeof(ulong);
        return Reg64.R10;
    }
}
