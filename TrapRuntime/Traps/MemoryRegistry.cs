using System.Runtime.CompilerServices;

namespace TrapRuntime.Traps;

/// <summary>The linear memories of the process, sorted by address. Readers take no lock; a writer replaces the array.</summary>
internal sealed class MemoryRegistry
{
    private readonly Lock _gate = new();
    private GuestMemory[] _memories = [];

    /// <summary>Gets the registry of the process.</summary>
    internal static MemoryRegistry Shared { get; } = new();

    /// <summary>Enters a memory. Address spaces that are reserved never overlap.</summary>
    internal void Add(GuestMemory memory)
    {
        lock (_gate)
        {
            GuestMemory[] old = _memories;
            int index = UpperBound(old, memory.AddressSpace.Start);
            Volatile.Write(ref _memories, [.. old.AsSpan(0, index), memory, .. old.AsSpan(index)]);
        }
    }

    /// <summary>Takes a memory out.</summary>
    internal void Remove(GuestMemory memory)
    {
        lock (_gate)
        {
            GuestMemory[] old = _memories;
            int index = Array.IndexOf(old, memory);
            Volatile.Write(ref _memories, [.. old.AsSpan(0, index), .. old.AsSpan(index + 1)]);
        }
    }

    /// <summary>Finds the memory whose address space, guard included, holds an address.</summary>
    internal GuestMemory? Find(nuint address)
    {
        GuestMemory[] memories = Volatile.Read(ref _memories);
        int index = UpperBound(memories, address) - 1;
        return index >= 0 && memories[index].AddressSpace.Contains(address) ? memories[index] : null;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int UpperBound(GuestMemory[] memories, nuint address)
    {
        int low = 0;
        int high = memories.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (memories[middle].AddressSpace.Start <= address)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
