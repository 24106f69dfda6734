// Runs inside a signal handler. Rules: ARCHITECTURE.md, "Inside". No lock, no new, no throw.
using System.Runtime.CompilerServices;
using TrapRuntime.Activations;

namespace TrapRuntime.Handlers;

/// <summary>Looks a program counter up in the registered code ranges, as the gate's machine code does.</summary>
internal static unsafe class CodeSearch
{
    /// <summary>Whether the address lies in a registered range.</summary>
    /// <safety><paramref name="upper"/> is null or a published upper level that stays alive during the call.</safety>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool Contains(CodeTable* upper, nuint address)
    {
        if (upper == null)
        {
            return false;
        }

        CodeEntry* entry = LastAtOrBelow(upper, address);
        if (address < entry->Start)
        {
            return false;
        }

        entry = LastAtOrBelow((CodeTable*)entry->EndOrTable, address);
        return address >= entry->Start && address < entry->EndOrTable;
    }

    /// <summary>The last entry that starts at or below the address; the first entry if none does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static CodeEntry* LastAtOrBelow(CodeTable* table, nuint address)
    {
        CodeEntry* entry = &table->FirstEntry;
        nint count = table->Count;
        while (count > 1)
        {
            nint half = count >> 1;
            count -= half;
            if (entry[half].Start <= address)
            {
                entry += half;
            }
        }

        return entry;
    }
}
