namespace TrapRuntime.WasmSuite.Instances;

/// <summary>
/// The linear memories of a script's instances. Each takes 8 GiB of address space, so that an unchecked address and offset of 32 bits
/// each stays inside, and grows in place.
/// </summary>
internal sealed unsafe class LinearMemories
{
    private const uint WidestAccess = 16;
    private const uint PageSize = 64 * 1024;
    private const uint MostPages = 65535; // wasm_rt_memory_t keeps the size in 32 bits
    private const uint Failed = uint.MaxValue;

    private static readonly nuint s_reach = unchecked((nuint)(4UL << 30)); // an address of 32 bits

    private readonly Dictionary<nint, GuestMemory> _memories = [];
    private readonly List<GuestMemory> _freed = [];

    /// <summary>Makes a memory and fills its record.</summary>
    internal void Allocate(MemoryRecord* record, uint pages, uint maximumPages)
    {
        // The guard takes whole pages, so the widest access costs one.
        GuestMemory memory = GuestMemory.Reserve((nuint)pages * PageSize, s_reach, s_reach + WidestAccess);
        _memories.Add((nint)record, memory);
        record->Data = memory.Base;
        record->MaximumPages = maximumPages;
        SetPages(record, pages);
    }

    /// <summary>Grows a memory; gives its old size in pages, or all ones.</summary>
    internal uint Grow(MemoryRecord* record, uint delta)
    {
        uint old = record->Pages;
        ulong pages = (ulong)old + delta;
        if (delta == 0)
        {
            return old;
        }

        if (pages > record->MaximumPages || pages > MostPages || !_memories[(nint)record].TryGrow((nuint)(pages * PageSize)))
        {
            return Failed;
        }

        SetPages(record, (uint)pages);
        return old;
    }

    /// <summary>Takes note that an instance is done with its memory. A record that never got one is left alone.</summary>
    internal void Free(MemoryRecord* record)
    {
        if (_memories.Remove((nint)record, out GuestMemory? memory))
        {
            _freed.Add(memory);
        }
    }

    /// <summary>Gives back what instances are done with; no guest may be running.</summary>
    internal void ReleaseFreed()
    {
        _freed.ForEach(memory => memory.Dispose());
        _freed.Clear();
    }

    private static void SetPages(MemoryRecord* record, uint pages)
    {
        record->Pages = pages;
        record->Size = unchecked(pages * PageSize);
    }
}
