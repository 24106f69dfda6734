using TrapRuntime.AotSmoke.Guests;
using TrapRuntime.AotSmoke.Scenarios.Stacks;

namespace TrapRuntime.AotSmoke.Trials;

/// <summary>Sixteen threads with nested calls at a pool that holds a single stack: most are mapped and unmapped each time, none is lost.</summary>
internal sealed class PressureTrial : ITrial
{
    private const int Threads = 16;
    private const int Times = 100;
    private const int Depth = 6;

    /// <inheritdoc/>
    public string Name => "pressure";

    /// <inheritdoc/>
    public string? Run()
    {
        TrapHandlers.Initialize(new TrapHandlerOptions { MaxPooledStacks = 1 });
        using Descent descent = new();
        int whole = 0;
        Crowd.Run(Threads, _ =>
        {
            for (int i = 0; i < Times; i++)
            {
                _ = Interlocked.Add(ref whole, descent.Go(Depth) == Depth ? 1 : 0);
            }
        });
        string balance = StackAccount.Balance();
        TrapStatistics end = TrapHandlers.GetStatistics();
        Console.WriteLine($"{whole} descents through {Depth} guests, {end.StacksPooled} pooled; {balance}");
        return whole == Threads * Times && balance == StackAccount.Balanced && end.StacksPooled <= 1 ? null : "not all came back";
    }
}
