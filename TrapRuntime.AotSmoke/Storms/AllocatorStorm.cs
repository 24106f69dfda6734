using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.InteropServices;

namespace TrapRuntime.AotSmoke.Storms;

/// <summary>
/// Interrupts a native plug-in that allocates and frees without end. The plug-in's image is registered, the C library's is not, and the
/// policy is <see cref="GuestCodePolicy.GuestStack"/>: still no interrupt may strike inside the C library, where it would leave a lock
/// behind for ever.
/// </summary>
[SuppressMessage("Security", "CA5394", Justification = "Nothing is secret.")]
internal static unsafe class AllocatorStorm
{
    /// <summary>The plug-in's function: <c>void churn(struct churn *)</c>, zeroed memory of <see cref="StateBytes"/> at first.</summary>
    internal const string Function = "churn";

    private const int StateBytes = 1024;
    private const int Threads = 4;
    private const int MostSpins = 200;

    /// <summary>Larger than what glibc keeps for each thread, so that the arena's lock is taken.</summary>
    private const int ArenaBytes = 3000;

    private static readonly TimeSpan s_deadlocked = TimeSpan.FromMinutes(4);

    /// <summary>Runs it.</summary>
    /// <returns>What is wrong, or null. A deadlock ends the process.</returns>
    internal static string? Run(string library, int times, TextWriter report)
    {
        nint churn = NativeLibrary.GetExport(NativeLibrary.Load(library), Function);
        using GuestCode code = GuestCode.RegisterImage(churn, new GuestCodeInfo { Name = Function });
        using CancelQueue cancels = new();
        List<TimeSpan> latencies = [];
        int right = 0;
        Thread[] threads = new Thread[Threads];
        int left = times;
        for (int i = 0; i < Threads; i++)
        {
            threads[i] = new Thread(() => Work());
            threads[i].Start();
        }

        long began = Stopwatch.GetTimestamp();
        foreach (Thread thread in threads)
        {
            TimeSpan rest = s_deadlocked - Stopwatch.GetElapsedTime(began);
            if (!thread.Join(rest > TimeSpan.Zero ? rest : TimeSpan.Zero))
            {
                Environment.FailFast($"The allocator is deadlocked, {left} interrupts before the end.");
            }
        }

        report.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{latencies.Count} interrupts: {LatencySummary.Of(latencies)}"));
        return right == times ? null : $"{right} of {times} interrupts landed in the plug-in.";

        void Work()
        {
            void* state = NativeMemory.AllocZeroed(StateBytes);
            Random random = new(Environment.CurrentManagedThreadId);
            while (Interlocked.Decrement(ref left) >= 0)
            {
                using CancellationTokenSource source = new();
                PlannedCancel plan = cancels.Plan(source, random.Next(MostSpins));
                Trap? trap = GuestCall.CatchTraps(
                    (delegate* unmanaged<void*, void>)churn,
                    state,
                    new VMConfig { CodePolicy = GuestCodePolicy.GuestStack },
                    cancellationToken: source.Token).Trap;
                TimeSpan took = Stopwatch.GetElapsedTime(plan.Began);
                plan.Join();

                // An abandoned lock would stop this thread here.
                NativeMemory.Free(NativeMemory.Alloc(ArenaBytes));
                bool inside = trap is { Kind: TrapKind.Interrupted } && trap.ProgramCounter - (nuint)code.Start < code.Length;
                lock (latencies)
                {
                    latencies.Add(took);
                    right += inside ? 1 : 0;
                }
            }
        }
    }
}
