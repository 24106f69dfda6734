using System.Runtime.InteropServices;
using TrapRuntime.MachineCode;
using TrapRuntime.Platforms;

namespace TrapRuntime.Calls;

/// <summary>
/// Hands out the entries of host functions. Pages of entries are never unmapped: a guest may hold an address longer than it should.
/// </summary>
internal static unsafe class HostSlots
{
    private static readonly Lock s_lock = new();
    private static readonly Stack<HostEntry> s_free = new();
    private static int s_entries;

    /// <summary>Takes an entry and leads it to an adapter.</summary>
    /// <exception cref="OutOfMemoryException">There is no memory for another page of entries.</exception>
    internal static HostEntry Take(in HostSlot content)
    {
        lock (s_lock)
        {
            if (s_free.Count == 0)
            {
                AddPage();
            }

            HostEntry entry = s_free.Pop();
            *(HostSlot*)entry.Slot = content;
            return entry;
        }
    }

    /// <summary>Gives an entry back; calls of it fault from now on.</summary>
    internal static void Return(HostEntry entry)
    {
        lock (s_lock)
        {
            *(HostSlot*)entry.Slot = default;
            s_free.Push(entry);
        }
    }

    // Code first, data behind it at the same distance for each entry; both in whole pages, so that each has its own protection.
    private static void AddPage()
    {
        PlatformMemory memory = PlatformMemory.Current;
        ProcessorThunks processor = ProcessorThunks.Current;
        nuint codeBytes = memory.PageSize;
        int count = (int)codeBytes / processor.HostEntryBytes;
        nuint dataBytes = memory.RoundUpToPage((nuint)(count * sizeof(HostSlot)));

        // First, because it may fail, and once for all of them: giving an entry back never allocates.
        _ = s_free.EnsureCapacity(s_entries + count);
        nint start = memory.Reserve(codeBytes + dataBytes);
        nint data = start + (nint)codeBytes;
        if (start == 0)
        {
            throw OutOfMemory();
        }

        if (!CodeBuffer.TryFill(start, codeBytes, processor.EmitHostEntries((int)codeBytes, count))
            || !memory.TryProtect(data, dataBytes, PageAccess.ReadWrite))
        {
            memory.Release(start, codeBytes + dataBytes);
            throw OutOfMemory();
        }

        s_entries += count;
        for (int i = count - 1; i >= 0; i--)
        {
            s_free.Push(new HostEntry(start + (i * processor.HostEntryBytes), data + (i * sizeof(HostSlot))));
        }
    }

    private static OutOfMemoryException OutOfMemory() =>
        new("The system has no memory for another page of host function entries.");
}
