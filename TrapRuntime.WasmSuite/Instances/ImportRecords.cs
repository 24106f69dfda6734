using System.Runtime.InteropServices;
using TrapRuntime.WasmSuite.Modules;

namespace TrapRuntime.WasmSuite.Instances;

/// <summary>What an instance gets for its imports: for each module one record, as <see cref="ShimWriter"/> lays it out.</summary>
internal sealed unsafe class ImportRecords : IDisposable
{
    private readonly nint[] _records;
    private readonly nint* _list;

    internal ImportRecords(ModuleOutline outline, IReadOnlyDictionary<(string Module, string Field), WasmExtern> found)
    {
        _records = [.. ShimWriter.ImportsByModule(outline).Select(module => NewRecord([.. module.Select(import => found[(import.Module, import.Field)])]))];
        _list = (nint*)NativeMemory.AllocZeroed((nuint)_records.Length + 1, (nuint)sizeof(nint));
        _records.CopyTo(new Span<nint>(_list, _records.Length));
    }

    /// <summary>Gets the address of the list of records.</summary>
    internal nint Address => (nint)_list;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (nint record in _records)
        {
            NativeMemory.Free((void*)record);
        }

        NativeMemory.Free(_list);
    }

    // A pointer to the record itself, then the entries.
    private static nint NewRecord(WasmExtern[] imports)
    {
        nint* record = (nint*)NativeMemory.Alloc((nuint)(sizeof(nint) + (imports.Length * sizeof(ImportEntry))));
        *record = (nint)record;
        ImportEntry* entries = (ImportEntry*)(record + 1);
        for (int i = 0; i < imports.Length; i++)
        {
            entries[i] = new ImportEntry { Target = imports[i].Target, Instance = imports[i].Instance };
        }

        return (nint)record;
    }
}
