using System.Runtime.InteropServices;
using TrapRuntime.Activations;
using TrapRuntime.Platforms;

namespace TrapRuntime.Traps;

/// <summary>Makes and fills the unmanaged tables that the gate reads.</summary>
internal static unsafe class CodeTables
{
    // A property: a static field would bring a class constructor into code that the signal handler calls.
    private static nuint HeaderSize => (nuint)(sizeof(CodeTable) - sizeof(CodeEntry));

    /// <summary>Makes an empty table with room for <paramref name="capacity"/> entries.</summary>
    /// <exception cref="OutOfMemoryException">There is no memory; nothing has changed.</exception>
    internal static CodeTable* Allocate(int capacity)
    {
        CodeTable* table = (CodeTable*)NativeMemory.Alloc(HeaderSize + ((nuint)capacity * (nuint)sizeof(CodeEntry)));
        table->Count = 0;
        table->Reserved = 0;
        return table;
    }

    /// <summary>Frees a table that no reader can reach any more.</summary>
    internal static void Free(CodeTable* table) => NativeMemory.Free(table);

    /// <summary>Gives the entries of a table.</summary>
    internal static CodeEntry* EntriesOf(CodeTable* table) => &table->FirstEntry;

    /// <summary>Puts a range behind the last one; the count goes up only when the entry can be read.</summary>
    /// <safety>The table must have room.</safety>
    internal static void Append(CodeTable* table, AddressRange range)
    {
        EntriesOf(table)[table->Count] = new CodeEntry { Start = range.Start, EndOrTable = range.End };
        Volatile.Write(ref table->Count, table->Count + 1);
    }

    /// <summary>Makes the upper level over some leaves; null for none.</summary>
    /// <exception cref="OutOfMemoryException">There is no memory; nothing has changed.</exception>
    internal static CodeTable* MakeUpper(ReadOnlySpan<CodeLeaf> leaves)
    {
        if (leaves.IsEmpty)
        {
            return null;
        }

        CodeTable* upper = Allocate(leaves.Length);
        CodeEntry* entries = EntriesOf(upper);
        for (int i = 0; i < leaves.Length; i++)
        {
            entries[i] = new CodeEntry { Start = leaves[i].FirstStart, EndOrTable = (nuint)leaves[i].Table };
        }

        upper->Count = leaves.Length;
        return upper;
    }
}
