using System.Runtime.CompilerServices;

namespace TrapRuntime.AotSmoke.Scenarios;

/// <summary>What the runtime makes of faults of its own, and whether it can still move objects: everything a trap must leave intact.</summary>
internal static class RuntimeHealth
{
    private const int Survivors = 64;

    /// <summary>Looks for something that works no longer.</summary>
    /// <returns>What it is, or null when all is well.</returns>
    internal static string? FindFault()
    {
        if (!Catches<NullReferenceException>(static () => LengthOf(null)))
        {
            return "no NullReferenceException came of a null reference";
        }

        if (!Catches<DivideByZeroException>(static () => Divide(1, 0)))
        {
            return "no DivideByZeroException came of a division by zero";
        }

        if (!Catches<OverflowException>(static () => Divide(int.MinValue, -1)))
        {
            return "no OverflowException came of the lowest number divided by -1";
        }

        return CollectsAndKeeps() ? null : "a compacting collection lost objects";
    }

    private static bool Catches<TException>(Func<int> fault)
        where TException : Exception
    {
        try
        {
            _ = fault();
            return false;
        }
        catch (TException)
        {
            return true;
        }
    }

    // Not inlined: a compiler that sees the arguments would throw by itself, and no fault would happen.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int LengthOf(string? text) => text!.Length;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Divide(int dividend, int divisor) => checked(dividend / divisor);

    // Every second object dies, so that the others have somewhere to move.
    private static bool CollectsAndKeeps()
    {
        byte[][] kept = new byte[Survivors][];
        for (int i = 0; i < Survivors; i++)
        {
            _ = new byte[Survivors];
            kept[i] = [(byte)i, .. new byte[i]];
        }

        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: true);
        for (int i = 0; i < Survivors; i++)
        {
            if (kept[i].Length != i + 1 || kept[i][0] != i)
            {
                return false;
            }
        }

        return true;
    }
}
