using TrapRuntime.AotSmoke.Guests;
using TrapRuntime.AotSmoke.Memory;
using TrapRuntime.AotSmoke.Scenarios.Stacks;
using TrapRuntime.Stacks;

namespace TrapRuntime.AotSmoke.Trials;

/// <summary>Nested guests until there is no address space for one more stack: that one gets a trap, the others go on.</summary>
internal sealed class ExhaustionTrial : ITrial
{
    private const int StackSize = 1024 * 1024;
    private const int LargeStack = 16 * 1024 * 1024;
    private const int Rounds = 3;
    private const int Threads = 2;
    private const int EndedThreads = 4;

    /// <summary>What the runtime may need for itself meanwhile, plus room for some dozens of stacks.</summary>
    private const long Headroom = 64 * 1024 * 1024;

    /// <summary>More than fit under the limit, fewer than the host's stack holds.</summary>
    private const int DeeperThanFits = 300;
    private const int RehearsalDepth = 3;

    private int _outOfMemory;
    private string? _unexpected;

    /// <inheritdoc/>
    public string Name => "exhaustion";

    /// <inheritdoc/>
    public string? Run()
    {
        using StackProbe probe = new();
        using Descent descent = new(new VMConfig { StackSize = StackSize }, onTrap: Note);

        // Once without the limit, so that everything the runtime prepares on first use is there when memory is not.
        Note(Trap.OutOfMemory($"a guest stack of {StackSize} bytes"));
        _outOfMemory = 0;
        _ = descent.Go(RehearsalDepth);
        _ = probe.Exhaust(LargeStack);
        Crowd.Run(Threads, _ => descent.Go(RehearsalDepth));
        _ = StackAccount.Balance();
        GuestStacks.DrainPool();
        string? wrong = null;
        using (MemoryLimit.OnAddressSpace(Headroom))
        {
            for (int round = 0; round < Rounds; round++)
            {
                wrong ??= RunOut(descent, probe);
            }
        }

        wrong ??= MakeRoom(probe);
        string balance = StackAccount.Balance();
        Console.WriteLine($"{_outOfMemory} guests got no stack; peak {StackCounters.PeakMapped}; {balance}");
        return wrong
            ?? _unexpected
            ?? (balance != StackAccount.Balanced ? balance : null)
            ?? (_outOfMemory == Rounds ? null : $"{_outOfMemory} of {Rounds} descents ran out of memory")
            ?? (descent.Go(DeeperThanFits) == DeeperThanFits ? null : "the limit is gone and there is still no memory");
    }

    private static string? RunOut(Descent descent, StackProbe probe)
    {
        long reached = descent.Go(DeeperThanFits);
        if (reached is < RehearsalDepth or >= DeeperThanFits)
        {
            return $"{reached} nested guests fitted";
        }

        // The idle ones serve; for a larger one, they make room.
        return probe.Exhaust(StackSize) != StackSize ? "no guest runs after running out of memory"
            : probe.Exhaust(LargeStack) != LargeStack ? "idle stacks made no room for a larger one"
            : null;
    }

    // Too few threads for anybody to have looked whether some have ended.
    private static string? MakeRoom(StackProbe probe)
    {
        GuestStacks.DrainPool();
        Crowd.Run(EndedThreads, _ => probe.Touch(LargeStack));
        using (MemoryLimit.OnAddressSpace(LargeStack))
        {
            return probe.Exhaust(LargeStack * (EndedThreads - 1)) == LargeStack * (EndedThreads - 1) ? null : "the stacks of ended threads made no room";
        }
    }

    private void Note(Trap trap)
    {
        _outOfMemory++;
        bool expected = trap is { Kind: TrapKind.OutOfMemory, Code: TrapCode.None, Signal: 0 }
            && trap.Message.Contains($"a guest stack of {StackSize} bytes", StringComparison.Ordinal);
        _unexpected ??= expected ? null : trap.ToString();
    }
}
