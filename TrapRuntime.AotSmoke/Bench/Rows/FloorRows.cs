using System.Runtime.CompilerServices;

namespace TrapRuntime.AotSmoke.Bench.Rows;

/// <summary>What the system and the runtime charge whatever this library does.</summary>
internal sealed unsafe class FloorRows
{
    private const string Group = "floor";

    private static readonly InvalidOperationException s_preallocated = new("thrown again and again");

    internal FloorRows(BenchSuite suite, BenchGuests guests)
    {
        nint empty = guests.Empty.Start;
        Call = suite.Add(new BenchRow(Group, "empty P/Invoke", count =>
        {
            delegate* unmanaged<void> function = (delegate* unmanaged<void>)empty;
            for (int i = 0; i < count; i++)
            {
                function();
            }
        }));
        CallInMethod = suite.Add(new BenchRow(Group, "empty P/Invoke, a method each", count =>
        {
            for (int i = 0; i < count; i++)
            {
                CallOnce(empty);
            }
        }));
        BareHandler bare = new();
        Trap = suite.Add(new BenchRow(Group, "bare handler trap", bare.Run));
        TrapJump = suite.Add(new BenchRow(Group, "bare handler trap, left by a jump", new BareHandler(leavesByJump: true).Run));
        ReverseCall = suite.Add(new BenchRow(Group, "reverse P/Invoke", count => CallLoop.RunDirectly(guests, count, &HostTargets.Nothing)));
        NullReference = suite.Add(new BenchRow(Group, "NullReferenceException", CatchNullReference));
        Throw = suite.Add(new BenchRow(Group, "throw/catch, depth 1", static count => Catch(count, 1)));
        DeepThrow = suite.Add(new BenchRow(Group, "throw/catch, depth 10", static count => Catch(count, 10)));
    }

    internal BenchRow Call { get; }

    /// <summary>As a library makes it. CoreCLR sets a frame up for each method that calls native code, once outside of a loop.</summary>
    internal BenchRow CallInMethod { get; }

    internal BenchRow Trap { get; }

    /// <summary>A trap without the return from its signal: what this library spends beyond it is its own.</summary>
    internal BenchRow TrapJump { get; }

    internal BenchRow ReverseCall { get; }

    internal BenchRow NullReference { get; }

    internal BenchRow Throw { get; }

    internal BenchRow DeepThrow { get; }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CallOnce(nint function) => ((delegate* unmanaged<void>)function)();

    private static void CatchNullReference(int count)
    {
        for (int i = 0; i < count; i++)
        {
            try
            {
                _ = LengthOf(null);
            }
            catch (NullReferenceException)
            {
            }
        }
    }

    /// <summary>Throws and catches, with so many frames from the catch to the throw.</summary>
    internal static void Catch(int count, int depth)
    {
        for (int i = 0; i < count; i++)
        {
            try
            {
                ThrowAt(depth);
            }
            catch (InvalidOperationException)
            {
            }
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int LengthOf(string? text) => text!.Length;

    /// <summary>Throws so many frames further down.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int ThrowAt(int depth) => depth <= 1 ? throw s_preallocated : ThrowAt(depth - 1) + 1;
}
