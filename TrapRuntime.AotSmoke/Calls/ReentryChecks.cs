using System.Runtime.CompilerServices;

namespace TrapRuntime.AotSmoke.Calls;

/// <summary>Guests are called from wherever managed code runs.</summary>
internal static class ReentryChecks
{
    private const int SmallStack = 128 * 1024;
    private const int Tasks = 64;
    private const int ShallowDepth = 5;

    private static int s_finalized;
    private static Exception? s_finalizerError;

    internal static IEnumerable<CallCheck> All =>
    [
        new("A host function calls guests on other threads while its own waits", OtherThreads),
        new("Guests are called from catch, finally and filter blocks while an exception is under way", Blocks),
        new("Guests are called from a finalizer", Finalizer),
        new("Guests are called from thread-pool threads", ThreadPool),
        new("Guests are called from tasks of a scheduler that runs them in place", Scheduler),
        new("A thread with a stack of 128 KiB calls, traps, throws and nests", SmallThread),
        new("A host function awaits nothing but may block on tasks that call guests", Blocking),
    ];

    private static void OtherThreads()
    {
        using CallGuests guests = new();
        using Nest nest = new();
        using HostFunction host = HostFunction.Create(CallGuests.One, (ref HostCallContext call) =>
        {
            Exception? failed = null;
            Thread other = new(() => failed = Require.Catch(() => RunEverything(nest)));
            other.Start();
            other.Join();
            Require.Nothing(failed);
            guests.TrapOnce();
            return call.Arguments[0];
        });
        Require.Returned(guests.Call(host.Address, 12, out long value));
        Require.Equal(12, value);
    }

    private static void Blocks()
    {
        using Nest nest = new();
        List<string> order = [];
        try
        {
            try
            {
                throw new InvalidTimeZoneException("under way");
            }
            catch (InvalidTimeZoneException) when (Filter())
            {
                RunEverything(nest);
                order.Add("catch");
                throw;
            }
            finally
            {
                RunEverything(nest);
                order.Add("finally");
            }
        }
        catch (InvalidTimeZoneException error) when (error.Message == "under way" && Filter())
        {
            order.Add("end");
        }

        Require.Equal("filter catch filter finally end", string.Join(' ', order));

        bool Filter()
        {
            RunEverything(nest);
            order.Add("filter");
            return true;
        }
    }

    private static void Finalizer()
    {
        s_finalized = 0;
        Abandon();
        for (int i = 0; i < ShallowDepth && Volatile.Read(ref s_finalized) == 0; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Require.Equal(1, s_finalized);
        Require.Nothing(s_finalizerError);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Abandon() => _ = new CallsWhenFinalized();

    private static void ThreadPool()
    {
        Task[] tasks = new Task[Tasks];
        for (int i = 0; i < tasks.Length; i++)
        {
            tasks[i] = Task.Run(static () =>
            {
                using Nest own = new();
                RunEverything(own);
            });
        }

        Task.WaitAll(tasks);
    }

    private static void Scheduler()
    {
        using Nest nest = new();
        Task task = Task.Factory.StartNew(
            () => RunEverything(nest), CancellationToken.None, TaskCreationOptions.None, new InPlaceScheduler());
        Require.True(task.IsCompleted);
        task.GetAwaiter().GetResult();
    }

    private static void SmallThread()
    {
        using Nest nest = new();
        Exception? failed = null;
        Thread small = new(() => failed = Require.Catch(() => RunEverything(nest)), SmallStack);
        small.Start();
        small.Join();
        Require.Nothing(failed);
    }

    private static void Blocking()
    {
        using CallGuests guests = new();
        using HostFunction host = HostFunction.Create(CallGuests.One, (ref HostCallContext call) =>
        {
            long argument = call.Arguments[0].AsInt64();
            Task<bool> task = Task.Run(() => guests.Call(guests.DivideByZero, argument, out _).IsTrap);
            return GuestValue.FromInt64(task.GetAwaiter().GetResult() ? argument : 0);
        });
        Require.Returned(guests.Call(host.Address, 2, out long value));
        Require.Equal(2, value);
    }

    private static void RunEverything(Nest nest)
    {
        foreach (Ending ending in Ending.All)
        {
            nest.Run(ShallowDepth, ending);
        }
    }

    private sealed class CallsWhenFinalized
    {
        ~CallsWhenFinalized()
        {
            s_finalizerError = Require.Catch(static () =>
            {
                using Nest nest = new();
                RunEverything(nest);
            });
            Volatile.Write(ref s_finalized, 1);
        }
    }

    private sealed class InPlaceScheduler : TaskScheduler
    {
        protected override IEnumerable<Task> GetScheduledTasks() => [];

        protected override void QueueTask(Task task) => TryExecuteTask(task);

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => TryExecuteTask(task);
    }
}
