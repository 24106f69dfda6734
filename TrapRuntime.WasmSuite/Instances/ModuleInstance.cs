using System.Runtime.InteropServices;
using TrapRuntime.WasmSuite.Modules;

namespace TrapRuntime.WasmSuite.Instances;

/// <summary>A module that runs: its library, its code, its state.</summary>
internal sealed unsafe class ModuleInstance : IExporter, IDisposable
{
    private const int AddressesPerExport = 2; // what others link to, and what the host calls: see ShimWriter
    private const GuestValueKind Address = GuestValueKind.Int64;

    private static readonly GuestSignature s_noArguments = GuestSignature.Create([]);
    private static readonly GuestSignature s_oneAddress = GuestSignature.Create([Address]);
    private static readonly GuestSignature s_twoAddresses = GuestSignature.Create([Address, Address]);
    private static readonly GuestSignature s_accessor = GuestSignature.Create([Address], Address);

    private readonly ModuleOutline _outline;
    private readonly ScriptHost _host;
    private readonly LoadedLibrary _library;
    private readonly ImportRecords _imports;
    private readonly nint _state;
    private readonly Dictionary<string, WasmExtern> _exports = [];
    private readonly Dictionary<string, ExportedFunction> _functions = [];

    /// <summary>Loads a module's library and connects it. Nothing of the module runs yet.</summary>
    /// <param name="module">The module; it was built.</param>
    /// <param name="name">Its name in back-traces.</param>
    /// <param name="host">What stands behind its symbols.</param>
    /// <param name="found">Its imports.</param>
    internal ModuleInstance(
        BuiltModule module, string name, ScriptHost host, IReadOnlyDictionary<(string Module, string Field), WasmExtern> found)
    {
        _outline = module.Outline!;
        _host = host;
        _library = LoadedLibrary.Load(module.LibraryPath!, name);
        _library.SetHost(host.TableAddress);
        _imports = new ImportRecords(_outline, found);
        _state = (nint)NativeMemory.AllocZeroed((nuint)(*(ulong*)_library.Find("suite_instance_size")));
    }

    /// <summary>Gets a value indicating whether others may hold references to the module's functions.</summary>
    internal bool LeavesReferences => _outline.LeavesReferences;

    /// <summary>Instantiates the module: segments, start function.</summary>
    /// <returns>The trap it ended in, or null.</returns>
    internal Trap? Start(CancellationToken limit)
    {
        TrapResult ended = new GuestFunction(_library.Find("suite_initialize"), s_noArguments).Invoke([], out _, cancellationToken: limit);
        return ended.Trap ?? new GuestFunction(_library.Find("suite_instantiate"), s_twoAddresses)
            .Invoke([GuestValue.FromInt64(_state), GuestValue.FromInt64(_imports.Address)], out _, cancellationToken: limit).Trap;
    }

    /// <inheritdoc/>
    public WasmExtern? Find(string field)
    {
        if (!_exports.TryGetValue(field, out WasmExtern? found) && IndexOf(field) is >= 0 and int index)
        {
            ExternType type = _outline.Exports[index].Type;
            nint address = AddressOf(index, called: false);
            found = type.Kind is ExternKind.Function ? new WasmExtern(type, address, _state) : new WasmExtern(type, ObjectAt(address), 0);
            _exports.Add(field, found);
        }

        return found;
    }

    /// <summary>Calls an exported function.</summary>
    /// <exception cref="InvalidOperationException">There is no such function.</exception>
    internal CallOutcome Call(string field, IReadOnlyList<ulong> arguments, CancellationToken limit)
    {
        if (!_functions.TryGetValue(field, out ExportedFunction? function))
        {
            int index = IndexOf(field);
            FunctionType type = (index < 0 ? null : _outline.Exports[index].Type.Function)
                ?? throw new InvalidOperationException($"The module exports no function \"{field}\".");
            function = new ExportedFunction(type, AddressOf(index, called: true), _state);
            _functions.Add(field, function);
        }

        return function.Call(arguments, limit);
    }

    /// <summary>Reads an exported global.</summary>
    /// <exception cref="InvalidOperationException">There is no such global.</exception>
    internal WasmValue Get(string field)
    {
        WasmExtern? global = Find(field);
        return global?.Type is not { Kind: ExternKind.Global } type
            ? throw new InvalidOperationException($"The module exports no global \"{field}\".")
            : type.Value switch
            {
                WasmType.I32 or WasmType.F32 => new WasmValue(type.Value, *(uint*)global.Target),
                WasmType.FuncRef => new WasmValue(type.Value, ((ulong*)global.Target)[1]), // wasm_rt_funcref_t: type, function, instance
                _ => new WasmValue(type.Value, *(ulong*)global.Target),
            };
    }

    /// <summary>Gives back everything the instance holds. Nobody may call it or its functions any more.</summary>
    public void Dispose()
    {
        new GuestFunction(_library.Find("suite_free"), s_oneAddress).Invoke([GuestValue.FromInt64(_state)], out _).ThrowIfTrap();
        _host.Memories.ReleaseFreed();
        _library.Dispose();
        _imports.Dispose();
        NativeMemory.Free((void*)_state);
    }

    private int IndexOf(string field)
    {
        for (int i = 0; i < _outline.Exports.Count; i++)
        {
            if (_outline.Exports[i].Name == field)
            {
                return i;
            }
        }

        return -1;
    }

    private nint AddressOf(int index, bool called) =>
        ((nint*)_library.Find("suite_exports"))[(index * AddressesPerExport) + (called ? 1 : 0)];

    private nint ObjectAt(nint accessor)
    {
        new GuestFunction(accessor, s_accessor).Invoke([GuestValue.FromInt64(_state)], out GuestValue address).ThrowIfTrap();
        return (nint)address.AsInt64();
    }
}
