using TrapRuntime.AotSmoke.Memory;
using TrapRuntime.AotSmoke.Scenarios.Stacks;

namespace TrapRuntime.AotSmoke.Trials;

/// <summary>A thread's first call, when there is no memory for the thread's signal stack: an exception each time, and nothing is lost by it.</summary>
internal sealed class SignalStackTrial : ITrial
{
    private const int Attempts = 100;

    /// <summary>What the runtime itself may map for the exceptions meanwhile.</summary>
    private const long MostGrowth = 2 * 1024 * 1024;

    /// <summary>Less than a signal stack.</summary>
    private const long Headroom = 32 * 1024;

    private int _refused;
    private string? _other;

    /// <inheritdoc/>
    public string Name => "signal-stack";

    /// <inheritdoc/>
    public string? Run()
    {
        using StackProbe probe = new();
        using AutoResetEvent ready = new(false);
        using ManualResetEvent limited = new(false);
        using ManualResetEvent lifted = new(false);
        _ = probe.Touch();
        nuint afterwards = 0;
        Thread newcomer = new(() =>
        {
            ready.Set();
            limited.WaitOne();
            for (int i = 0; i < Attempts; i++)
            {
                Try(probe);
            }

            ready.Set();
            lifted.WaitOne();
            afterwards = probe.Touch();
        });
        newcomer.Start();
        ready.WaitOne();
        long before = MemoryLimit.AddressSpace;
        using (MemoryLimit.OnWritableMemory(Headroom))
        {
            limited.Set();
            ready.WaitOne();
        }

        long growth = MemoryLimit.AddressSpace - before;
        lifted.Set();
        newcomer.Join();
        Console.WriteLine($"{_refused} of {Attempts} first calls refused, {growth} bytes of address space more");
        return _other
            ?? (_refused != Attempts ? "calls ran without a signal stack" : null)
            ?? (afterwards == 0 ? "no guest runs on that thread any more" : null)
            ?? (growth > MostGrowth ? "address space was lost" : null);
    }

    private void Try(StackProbe probe)
    {
        try
        {
            _ = probe.Touch();
        }
        catch (OutOfMemoryException)
        {
            _refused++;
        }
        catch (Exception other)
        {
            _other ??= other.ToString();
        }
    }
}
