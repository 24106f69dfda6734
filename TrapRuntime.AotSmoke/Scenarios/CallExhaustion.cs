using System.Runtime.InteropServices;
using TrapRuntime.AotSmoke.Calls;
using TrapRuntime.AotSmoke.Memory;
using TrapRuntime.Stacks;

namespace TrapRuntime.AotSmoke.Scenarios;

/// <summary>
/// Runs out of address space in guest calls, in host functions and on a thread's first call: each must say so before anything ran, and
/// work again afterwards. Needs a process of its own. Linux only.
/// </summary>
internal static unsafe class CallExhaustion
{
    private const long Headroom = 64 * 1024 * 1024;
    private const int Rounds = 20;
    private const int SmallestChunk = 64 * 1024;
    private const int MostFunctions = 100_000;

    private static int s_calls;

    /// <summary>Runs the scenario.</summary>
    /// <returns>What went wrong, or null.</returns>
    internal static string? Run()
    {
        try
        {
            using CallGuests guests = new();
            using HostFunction host = HostFunction.Create(CallGuests.One, static (ref HostCallContext call) =>
            {
                s_calls++;
                return call.Arguments[0];
            });
            Rehearse();
            RunOutOfSignalStacks(guests, host);
            RunOutOfStacks(guests, host);
            RunOutOfEntries(guests);
            return null;
        }
        catch (CheckFailedException failure)
        {
            return failure.Message;
        }
    }

    // Everything once while there is memory, so that the runtime has prepared it when there is none.
    private static void Rehearse()
    {
        List<HostFunction> functions = [];
        using (MemoryLimit.OnAddressSpace(Headroom))
        {
            new AddressSpaceHog(AddressSpaceHog.LargestChunk).Dispose();
        }

        Require.True(TryAdd(functions), "an entry while there is memory");
        functions[0].Dispose();
        _ = Require.Catch(static () => throw new OutOfMemoryException("a rehearsal"));
    }

    private static void RunOutOfStacks(CallGuests guests, HostFunction host)
    {
        GuestValue[] arguments = [GuestValue.FromInt64(host.Address), GuestValue.FromInt64(1)];
        VMConfig huge = new() { StackSize = GuestStacks.MaxSize };
        Require.Returned(guests.Apply.Invoke(arguments, out _));
        guests.TrapOnce();
        GuestStacks.DrainPool();
        s_calls = 0;
        StackStatistics before = StackStatistics.Take();
        using (MemoryLimit.OnAddressSpace(Headroom))
        {
            for (int i = 0; i < Rounds; i++)
            {
                Require.Trap(TrapKind.OutOfMemory, TrapCode.None, guests.Apply.Invoke(arguments, out _, huge));
            }

            Require.Equal(0, s_calls);
            Require.Equal(before, StackStatistics.Take());
            Require.Returned(guests.Apply.Invoke(arguments, out _));
            Require.Equal(1, s_calls);
        }

        Require.Returned(guests.Apply.Invoke(arguments, out _, huge));
        GuestStacks.DrainPool();
    }

    private static void RunOutOfEntries(CallGuests guests)
    {
        List<HostFunction> functions = new(MostFunctions);
        bool ranOut = false;
        long leaked;
        using (MemoryLimit.OnAddressSpace(Headroom))
        {
            AddressSpaceHog hog = new(SmallestChunk);
            while (!ranOut && functions.Count < MostFunctions)
            {
                ranOut = !TryAdd(functions);
            }

            long used = MemoryLimit.AddressSpace;
            for (int i = 0; i < Rounds; i++)
            {
                Require.True(!TryAdd(functions), "there is no memory for another entry");
            }

            leaked = MemoryLimit.AddressSpace - used;
            hog.Dispose();
        }

        Require.True(ranOut, "host functions ran out of memory");
        Require.Equal(0L, leaked);
        Require.True(TryAdd(functions), "another entry after the end of the shortage");
        Require.Returned(guests.Call(functions[^1]));
        foreach (HostFunction function in functions)
        {
            function.Dispose();
        }
    }

    // This thread has not called a guest yet; another one has rehearsed what it is about to do.
    private static void RunOutOfSignalStacks(CallGuests guests, HostFunction host)
    {
        Thread rehearsal = new(TrapHandlers.InitializeCurrentThread);
        rehearsal.Start();
        rehearsal.Join();
        bool refused;
        using (MemoryLimit.OnAddressSpace(Headroom))
        {
            AddressSpaceHog hog = new(SmallestChunk);
            refused = Require.Catch(TrapHandlers.InitializeCurrentThread) is OutOfMemoryException;
            hog.Dispose();
        }

        Require.True(refused, "a thread's first call found no memory for its signal stack");
        Require.Returned(guests.Call(host));
    }

    [UnmanagedCallersOnly]
    private static long Echo(long value) => value;

    private static bool TryAdd(List<HostFunction> functions)
    {
        try
        {
            functions.Add(HostFunction.FromUnmanaged((nint)(delegate* unmanaged<long, long>)&Echo, CallGuests.One));
            return true;
        }
        catch (OutOfMemoryException)
        {
            return false;
        }
    }
}
