using System.Runtime.InteropServices;
using TrapRuntime.WasmSuite.Modules;

namespace TrapRuntime.WasmSuite.Instances;

/// <summary>The module <c>spectest</c> that every script may import from.</summary>
internal sealed unsafe class Spectest : IExporter, IDisposable
{
    /// <summary>The name to import it by.</summary>
    internal const string Name = "spectest";

    private const int GlobalValue = 666;
    private const float GlobalFloat32 = 666.6f;
    private const double GlobalFloat64 = 666.6;
    private const uint MemoryPages = 1;
    private const uint MemoryMaximum = 2;
    private const uint TableSize = 10;
    private const uint TableMaximum = 20;
    private const uint FuncRefSize = 24; // wasm_rt_funcref_t

    private readonly ScriptHost _host;
    private readonly Dictionary<string, WasmExtern> _exports = [];
    private readonly List<nint> _records = [];
    private readonly MemoryRecord* _memory;
    private readonly TableRecord* _table;

    internal Spectest(ScriptHost host)
    {
        _host = host;
        AddPrint("print");
        AddPrint("print_i32", WasmType.I32);
        AddPrint("print_i64", WasmType.I64);
        AddPrint("print_f32", WasmType.F32);
        AddPrint("print_f64", WasmType.F64);
        AddPrint("print_i32_f32", WasmType.I32, WasmType.F32);
        AddPrint("print_f64_f64", WasmType.F64, WasmType.F64);
        AddGlobal("global_i32", WasmType.I32, GlobalValue);
        AddGlobal("global_i64", WasmType.I64, GlobalValue);
        AddGlobal("global_f32", WasmType.F32, BitConverter.SingleToUInt32Bits(GlobalFloat32));
        AddGlobal("global_f64", WasmType.F64, BitConverter.DoubleToUInt64Bits(GlobalFloat64));

        _memory = (MemoryRecord*)NewRecord(sizeof(MemoryRecord));
        host.Memories.Allocate(_memory, MemoryPages, MemoryMaximum);
        _exports.Add("memory", new WasmExtern(new ExternType(ExternKind.Memory) { Limits = new Limits(MemoryPages, MemoryMaximum) }, (nint)_memory, 0));

        _table = (TableRecord*)NewRecord(sizeof(TableRecord));
        Tables.Allocate(_table, TableSize, TableMaximum, FuncRefSize);
        ExternType table = new(ExternKind.Table) { Value = WasmType.FuncRef, Limits = new Limits(TableSize, TableMaximum) };
        _exports.Add("table", new WasmExtern(table, (nint)_table, 0));
    }

    /// <summary>Gets the number of calls of its functions.</summary>
    internal int Prints { get; private set; }

    /// <inheritdoc/>
    public WasmExtern? Find(string field) => _exports.GetValueOrDefault(field);

    /// <inheritdoc/>
    public void Dispose()
    {
        _host.Memories.Free(_memory);
        Tables.Free(_table);
        _records.ForEach(record => NativeMemory.Free((void*)record));
    }

    private void AddPrint(string name, params WasmType[] parameters)
    {
        GuestValueKind[] kinds = [GuestValueKind.Int64, .. parameters.Select(parameter => parameter.Kind())];
        nint address = _host.Add(kinds, null, (ref _) =>
        {
            Prints++;
            return default;
        });
        _exports.Add(name, new WasmExtern(new ExternType(ExternKind.Function) { Function = new FunctionType(parameters, []) }, address, 0));
    }

    private void AddGlobal(string name, WasmType type, ulong bits)
    {
        void* record = NewRecord(sizeof(ulong));
        *(ulong*)record = bits;
        _exports.Add(name, new WasmExtern(new ExternType(ExternKind.Global) { Value = type }, (nint)record, 0));
    }

    private void* NewRecord(int bytes)
    {
        void* record = NativeMemory.AllocZeroed((nuint)bytes);
        _records.Add((nint)record);
        return record;
    }
}
