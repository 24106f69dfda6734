using System.Runtime.InteropServices;
using TrapRuntime.WasmSuite.Modules;

namespace TrapRuntime.WasmSuite.Instances;

/// <summary>What stands behind the symbols that the code of a script's modules asks for.</summary>
/// <remarks>One for each run of a script, used by one thread. Dispose it after the last instance.</remarks>
internal sealed unsafe class ScriptHost : IDisposable
{
    private const GuestValueKind Address = GuestValueKind.Int64;
    private const GuestValueKind Number = GuestValueKind.Int32;

    private readonly List<HostFunction> _functions = [];
    private readonly Dictionary<FunctionType, uint> _types = [];
    private readonly LinearMemories _memories = new();
    private readonly SuiteHostTable* _table;

    internal ScriptHost()
    {
        _table = (SuiteHostTable*)NativeMemory.AllocZeroed((nuint)sizeof(SuiteHostTable));
        _table->RaiseTrap = HostCall.NativeRaiseTrap;
        _table->RegisterType = Add([Number, Number, Address], Number, (ref call) => FromUInt32(RegisterType(call.Arguments)));
        _table->AllocateMemory = Add([Address, Number, Number], null, (ref call) =>
        {
            _memories.Allocate((MemoryRecord*)Pointer(call, 0), UInt32(call, 1), UInt32(call, 2));
            return default;
        });
        _table->GrowMemory = Add([Address, Number], Number, (ref call) => FromUInt32(_memories.Grow((MemoryRecord*)Pointer(call, 0), UInt32(call, 1))));
        _table->FreeMemory = Add([Address], null, (ref call) =>
        {
            _memories.Free((MemoryRecord*)Pointer(call, 0));
            return default;
        });
        _table->AllocateTable = Add([Address, Number, Number, Number], null, (ref call) =>
        {
            Tables.Allocate((TableRecord*)Pointer(call, 0), UInt32(call, 1), UInt32(call, 2), UInt32(call, 3));
            return default;
        });
        _table->GrowTable = Add([Address, Number, Number], Number, (ref call) =>
            FromUInt32(Tables.Grow((TableRecord*)Pointer(call, 0), UInt32(call, 1), UInt32(call, 2))));
        _table->FreeTable = Add([Address], null, (ref call) =>
        {
            Tables.Free((TableRecord*)Pointer(call, 0));
            return default;
        });
    }

    /// <summary>Gets the address for a library's <c>suite_host</c>.</summary>
    internal nint TableAddress => (nint)_table;

    /// <summary>Gets the index that the last failed indirect call went through.</summary>
    internal uint LastIndirectIndex => _table->LastIndirectIndex;

    /// <summary>Gets the linear memories.</summary>
    internal LinearMemories Memories => _memories;

    /// <summary>Makes a host function that lives as long as this host.</summary>
    internal nint Add(ReadOnlySpan<GuestValueKind> parameters, GuestValueKind? result, HostCallback callback)
    {
        HostFunction function = HostFunction.Create(GuestSignature.Create(parameters, result), callback);
        _functions.Add(function);
        return function.Address;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _memories.ReleaseFreed();
        _functions.ForEach(function => function.Dispose());
        NativeMemory.Free(_table);
    }

    // Equal types have equal numbers, in whatever module: that is what an indirect call compares. 0 is that of a null reference.
    private uint RegisterType(ReadOnlySpan<GuestValue> arguments)
    {
        int parameters = arguments[0].AsInt32();
        int results = arguments[1].AsInt32();
        ReadOnlySpan<uint> codes = new((void*)arguments[2].AsInt64(), parameters + results);
        FunctionType type = new(Array.ConvertAll(codes[..parameters].ToArray(), TypeOf), Array.ConvertAll(codes[parameters..].ToArray(), TypeOf));
        if (!_types.TryGetValue(type, out uint number))
        {
            number = (uint)_types.Count + 1;
            _types.Add(type, number);
        }

        return number;
    }

    // wasm_rt_type_t
    private static WasmType TypeOf(uint code) => code switch
    {
        0 => WasmType.I32,
        1 => WasmType.I64,
        2 => WasmType.F32,
        3 => WasmType.F64,
        4 => WasmType.FuncRef,
        _ => WasmType.ExternRef,
    };

    private static void* Pointer(HostCallContext call, int index) => (void*)call.Arguments[index].AsInt64();

    private static uint UInt32(HostCallContext call, int index) => (uint)call.Arguments[index].AsInt32();

    private static GuestValue FromUInt32(uint value) => GuestValue.FromInt32((int)value);
}
