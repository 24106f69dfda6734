using System.Runtime.InteropServices;

namespace TrapRuntime.WasmSuite.Instances;

/// <summary>The tables of a script's instances. Their elements are the guest's business; they start as zero, which is null.</summary>
internal static unsafe class Tables
{
    private const uint MostElements = 10_000_000; // a limit of this host, as the specification allows one
    private const uint Failed = uint.MaxValue;

    /// <summary>Makes a table and fills its record.</summary>
    internal static void Allocate(TableRecord* record, uint elements, uint maximum, uint elementSize)
    {
        if (elements > MostElements)
        {
            throw new OutOfMemoryException($"This host's tables have at most {MostElements} elements, not {elements}.");
        }

        record->Data = (nint)NativeMemory.AllocZeroed(Math.Max(elements, 1), elementSize);
        record->MaximumSize = maximum;
        record->Size = elements;
    }

    /// <summary>Grows a table; gives its old size, or all ones. The new elements are null.</summary>
    internal static uint Grow(TableRecord* record, uint delta, uint elementSize)
    {
        uint old = record->Size;
        ulong size = (ulong)old + delta;
        if (size > record->MaximumSize || size > MostElements)
        {
            return Failed;
        }

        byte* data = (byte*)NativeMemory.Realloc((void*)record->Data, (nuint)Math.Max(size, 1) * elementSize);
        NativeMemory.Clear(data + ((nuint)old * elementSize), (nuint)delta * elementSize);
        record->Data = (nint)data;
        record->Size = (uint)size;
        return old;
    }

    /// <summary>Frees a table; one that was never made is left alone.</summary>
    internal static void Free(TableRecord* record)
    {
        NativeMemory.Free((void*)record->Data);
        *record = default;
    }
}
