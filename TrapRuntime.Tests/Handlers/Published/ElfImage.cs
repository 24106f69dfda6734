using System.Buffers.Binary;
using System.Text;

namespace TrapRuntime.Tests.Handlers.Published;

/// <summary>A stripped 64-bit ELF executable and the symbols beside it, as the linker of NativeAOT leaves them (elf(5)).</summary>
internal sealed class ElfImage : ICodeImage
{
    private const string SymbolSuffix = ".dbg";
    private const int SectionTableOffset = 0x28;
    private const int SectionHeaderSize = 64;
    private const int SectionCountOffset = 0x3C;
    private const int SymbolSize = 24;
    private const uint SymbolTable = 2;
    private const uint NoBits = 8;
    private const int FunctionType = 2;
    private const int ObjectType = 1;
    private const int NoType = 0;
    private const int TypeMask = 0xF;

    private readonly byte[] _image;
    private readonly List<Section> _sections;
    private readonly CodeSymbol[] _symbols;
    private readonly Dictionary<string, CodeSymbol> _byName = [];

    internal ElfImage(string path)
    {
        _image = File.ReadAllBytes(path);
        _sections = Sections(_image);
        _symbols = Symbols(File.ReadAllBytes(path + SymbolSuffix));
        foreach (CodeSymbol symbol in _symbols)
        {
            _byName.TryAdd(symbol.Name, symbol);
        }
    }

    public CodeSymbol? Find(string name) => _byName.TryGetValue(name, out CodeSymbol symbol) ? symbol : null;

    public CodeSymbol? At(ulong address)
    {
        int low = 0;
        int high = _symbols.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_symbols[middle].Start <= address)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low > 0 && _symbols[low - 1].Contains(address) ? _symbols[low - 1] : null;
    }

    public byte[] Read(CodeSymbol symbol)
    {
        Section section = _sections.First(s => s.Type != NoBits && s.Address != 0 && symbol.Start >= s.Address && symbol.Start - s.Address < s.Size);
        int start = checked((int)(symbol.Start - section.Address + section.Offset));
        return _image[start..checked(start + (int)symbol.Size)];
    }

    private static List<Section> Sections(byte[] file)
    {
        int table = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(file.AsSpan(SectionTableOffset)));
        int count = BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(SectionCountOffset));
        List<Section> sections = [];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> header = file.AsSpan(table + (i * SectionHeaderSize));
            sections.Add(new Section(
                BinaryPrimitives.ReadUInt32LittleEndian(header[4..]),
                BinaryPrimitives.ReadUInt64LittleEndian(header[16..]),
                BinaryPrimitives.ReadUInt64LittleEndian(header[24..]),
                BinaryPrimitives.ReadUInt64LittleEndian(header[32..]),
                BinaryPrimitives.ReadInt32LittleEndian(header[40..])));
        }

        return sections;
    }

    // Sorted by address; a symbol without a size reaches to the next one.
    private static CodeSymbol[] Symbols(byte[] file)
    {
        List<Section> sections = Sections(file);
        Section table = sections.Single(section => section.Type == SymbolTable);
        Section names = sections[table.Link];
        List<CodeSymbol> found = [];
        for (ulong offset = 0; offset < table.Size; offset += SymbolSize)
        {
            ReadOnlySpan<byte> entry = file.AsSpan(checked((int)(table.Offset + offset)), SymbolSize);
            int type = entry[4] & TypeMask;
            ulong address = BinaryPrimitives.ReadUInt64LittleEndian(entry[8..]);
            if (address != 0 && type is FunctionType or ObjectType or NoType)
            {
                int name = checked((int)names.Offset + BinaryPrimitives.ReadInt32LittleEndian(entry));
                int length = file.AsSpan(name).IndexOf((byte)0);
                ulong size = BinaryPrimitives.ReadUInt64LittleEndian(entry[16..]);
                found.Add(new CodeSymbol(Encoding.UTF8.GetString(file, name, length), address, size));
            }
        }

        CodeSymbol[] sorted = [.. found.Where(symbol => symbol.Name.Length > 0 && symbol.Start != 0).OrderBy(symbol => symbol.Start).ThenBy(symbol => symbol.Size)];
        for (int i = 0; i + 1 < sorted.Length; i++)
        {
            if (sorted[i].Size == 0)
            {
                sorted[i] = sorted[i] with { Size = sorted[i + 1].Start - sorted[i].Start };
            }
        }

        return sorted;
    }

    private readonly record struct Section(uint Type, ulong Address, ulong Offset, ulong Size, int Link);
}
