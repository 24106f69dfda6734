using TrapRuntime.Activations;
using TrapRuntime.Stacks;

namespace TrapRuntime.AotSmoke.Bench.Rows;

/// <summary>What it costs to have a stack ready for each call.</summary>
internal static unsafe class StackRows
{
    private const string Group = "guest stacks";

    /// <summary>Calls per counted operation of the rows with threads: some milliseconds, in which starting the threads is lost.</summary>
    private const int PlainBatch = 2_000_000;
    private const int NestedBatch = 50_000;

    internal static void AddTo(BenchSuite suite, FloorRows floors, BenchGuests guests)
    {
        nint empty = guests.Empty.Start;
        BenchRow enter = suite.Add(new BenchRow(Group, "enter thunk on one stack", count => Enter(empty, count)) { Floor = floors.Call });
        _ = suite.Add(new BenchRow(Group, "enter thunk, stack acquired and released", count => AcquireAndEnter(empty, count))
        {
            Floor = enter,
            Target = BenchTarget.Above(enter, 3),
        });

        // What the machine itself makes of two threads, today: without it nobody could read the row below.
        BenchRow plain = OnThreads.Add(suite, Group, "plain calls", 1, PlainBatch, count => CallPlainly(empty, count));
        _ = OnThreads.Add(suite, Group, "plain calls", 2, PlainBatch, count => CallPlainly(empty, count), plain);
        NestedReturns nested = new(guests);
        BenchRow one = OnThreads.Add(suite, Group, "nested calls", 1, NestedBatch, nested.Run);
        _ = OnThreads.Add(suite, Group, "nested calls", 2, NestedBatch, nested.Run, one, BenchTarget.Faster(one, 1.8));
    }

    // The guest returns at once and cannot fault, so that the thread need not know of the activation.
    private static void Enter(nint function, int count)
    {
        ThreadBlock* thread = CurrentThread.BlockOrNull;
        nuint size = StackSize.DefaultInPages;
        Activation activation = new() { Thread = thread, Function = function };
        _ = StackCache.TryAcquire(thread, size, out activation.Stack);
        activation.GuestStackTop = activation.Stack.Limit + size;
        for (int i = 0; i < count; i++)
        {
            _ = ((delegate* unmanaged<Activation*, int>)thread->Enter)(&activation);
        }

        StackCache.Release(thread, activation.Stack, activation.GuestStackTop);
    }

    private static void AcquireAndEnter(nint function, int count)
    {
        ThreadBlock* thread = CurrentThread.BlockOrNull;
        nuint size = StackSize.DefaultInPages;
        Activation activation = new() { Thread = thread, Function = function };
        for (int i = 0; i < count; i++)
        {
            _ = StackCache.TryAcquire(thread, size, out activation.Stack);
            activation.GuestStackTop = activation.Stack.Limit + size;
            _ = ((delegate* unmanaged<Activation*, int>)thread->Enter)(&activation);
            StackCache.Release(thread, activation.Stack, activation.GuestStackTop);
        }
    }

    private static void CallPlainly(nint function, int count)
    {
        for (int i = 0; i < count; i++)
        {
            ((delegate* unmanaged<void>)function)();
        }
    }
}
