namespace TrapRuntime.WasmSuite.Modules;

/// <summary>Reads a module's imports and exports out of its binary, which wabt has validated.</summary>
internal sealed class OutlineReader
{
    private const int HeaderLength = 8; // "\0asm" and the version
    private const byte TypeSection = 1;
    private const byte ImportSection = 2;
    private const byte FunctionSection = 3;
    private const byte TableSection = 4;
    private const byte MemorySection = 5;
    private const byte GlobalSection = 6;
    private const byte ExportSection = 7;
    private const byte FunctionForm = 0x60;
    private const uint HasMaximum = 1;

    private readonly BinaryCursor _cursor;
    private readonly List<FunctionType> _types = [];
    private readonly List<ModuleImport> _imports = [];
    private readonly List<ModuleExport> _exports = [];
    private readonly Dictionary<ExternKind, List<ExternType>> _defined = new()
    {
        [ExternKind.Function] = [],
        [ExternKind.Table] = [],
        [ExternKind.Memory] = [],
        [ExternKind.Global] = [],
    };

    private OutlineReader(byte[] binary) => _cursor = new BinaryCursor(binary, HeaderLength);

    /// <summary>Reads a module.</summary>
    /// <exception cref="NotSupportedException">It holds something newer than this program.</exception>
    internal static ModuleOutline Read(byte[] binary)
    {
        OutlineReader reader = new(binary);
        while (!reader._cursor.IsAtEnd)
        {
            reader.ReadSection();
        }

        return new ModuleOutline(reader._imports, reader._exports);
    }

    private void ReadSection()
    {
        byte section = _cursor.Byte();
        int end = (int)_cursor.Unsigned() + _cursor.Position;
        uint entries = section is >= TypeSection and <= ExportSection ? _cursor.Unsigned() : 0;
        for (uint i = 0; i < entries; i++)
        {
            ReadEntry(section);
        }

        _cursor.Position = end;
    }

    private void ReadEntry(byte section)
    {
        switch (section)
        {
            case TypeSection:
                _types.Add(ReadFunctionType());
                break;
            case ImportSection:
                ModuleImport import = new(_cursor.Text(), _cursor.Text(), ReadExtern((ExternKind)_cursor.Byte()));
                _imports.Add(import);
                _defined[import.Type.Kind].Add(import.Type);
                break;
            case FunctionSection:
                _defined[ExternKind.Function].Add(ReadExtern(ExternKind.Function));
                break;
            case TableSection:
                _defined[ExternKind.Table].Add(ReadExtern(ExternKind.Table));
                break;
            case MemorySection:
                _defined[ExternKind.Memory].Add(ReadExtern(ExternKind.Memory));
                break;
            case GlobalSection:
                _defined[ExternKind.Global].Add(ReadExtern(ExternKind.Global));
                _cursor.SkipConstantExpression();
                break;
            default:
                string name = _cursor.Text();
                ExternKind kind = (ExternKind)_cursor.Byte();
                uint index = _cursor.Unsigned();
                _exports.Add(new ModuleExport(name, Defined(kind)[(int)index]));
                break;
        }
    }

    private FunctionType ReadFunctionType()
    {
        if (_cursor.Byte() != FunctionForm)
        {
            throw new NotSupportedException("this program knows function types only");
        }

        return new FunctionType(ReadTypes(), ReadTypes());
    }

    private WasmType[] ReadTypes()
    {
        WasmType[] types = new WasmType[_cursor.Unsigned()];
        for (int i = 0; i < types.Length; i++)
        {
            types[i] = (WasmType)_cursor.Byte();
        }

        return types;
    }

    private ExternType ReadExtern(ExternKind kind) => kind switch
    {
        ExternKind.Function => new ExternType(kind) { Function = _types[(int)_cursor.Unsigned()] },
        ExternKind.Table => new ExternType(kind) { Value = (WasmType)_cursor.Byte(), Limits = ReadLimits() },
        ExternKind.Memory => new ExternType(kind) { Limits = ReadLimits() },
        ExternKind.Global => new ExternType(kind) { Value = (WasmType)_cursor.Byte(), IsMutable = _cursor.Byte() != 0 },
        _ => throw Unknown(kind),
    };

    private Limits ReadLimits()
    {
        uint flags = _cursor.Unsigned();
        return new Limits(_cursor.Unsigned(), (flags & HasMaximum) != 0 ? _cursor.Unsigned() : null);
    }

    private List<ExternType> Defined(ExternKind kind) => _defined.TryGetValue(kind, out List<ExternType>? list) ? list : throw Unknown(kind);

    private static NotSupportedException Unknown(ExternKind kind) => new($"this program does not know imports and exports of kind {kind}");
}
