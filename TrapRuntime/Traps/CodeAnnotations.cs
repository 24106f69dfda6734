using System.Diagnostics.CodeAnalysis;
using TrapRuntime.Platforms;

namespace TrapRuntime.Traps;

/// <summary>The sorted trap sites and symbols of a piece of code, copied from the host's lists.</summary>
internal sealed class CodeAnnotations
{
    private readonly nuint _start;
    private readonly nuint _length;
    private readonly TrapSite[] _sites;
    private readonly GuestSymbol[] _symbols;

    /// <summary>Copies, sorts and checks what the host knows about code.</summary>
    /// <exception cref="ArgumentException">A site or a symbol is outside the code, doubled or without a meaning.</exception>
    internal CodeAnnotations(ReadOnlySpan<AddressRange> ranges, GuestCodeInfo? info)
    {
        _start = ranges[0].Start;
        _length = ranges[^1].End - _start;
        Name = info?.Name;
        _sites = Copy(info is null ? [] : info.TrapSites, nameof(GuestCodeInfo.TrapSites));
        _symbols = Copy(info is null ? [] : info.Symbols, nameof(GuestCodeInfo.Symbols));
        Array.Sort(_sites, static (a, b) => a.Offset.CompareTo(b.Offset));
        Array.Sort(_symbols, static (a, b) => a.Offset.CompareTo(b.Offset));
        CheckSites(ranges);
        CheckSymbols(ranges);
    }

    /// <summary>Gets the name of the code, or null.</summary>
    internal string? Name { get; }

    /// <summary>Gives the code of the trap site at exactly this address, or <see cref="TrapCode.None"/>.</summary>
    internal TrapCode FindSite(nuint address)
    {
        nuint offset = unchecked(address - _start);
        int low = 0;
        int high = _sites.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (_sites[middle].Offset == offset)
            {
                return _sites[middle].Code;
            }

            if (_sites[middle].Offset < offset)
            {
                low = middle + 1;
            }
            else
            {
                high = middle - 1;
            }
        }

        return TrapCode.None;
    }

    /// <summary>Names an address inside the code.</summary>
    internal TrapFrame Describe(nuint address)
    {
        nuint offset = unchecked(address - _start);
        int low = 0;
        int high = _symbols.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_symbols[middle].Offset <= offset)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low > 0 && offset - _symbols[low - 1].Offset < LengthOf(low - 1)
            ? new TrapFrame(address, Name, _symbols[low - 1].Name, offset - _symbols[low - 1].Offset)
            : new TrapFrame(address, Name, null, offset);
    }

    private nuint LengthOf(int symbol)
    {
        GuestSymbol it = _symbols[symbol];
        nuint next = symbol + 1 < _symbols.Length ? _symbols[symbol + 1].Offset : _length;
        return it.Length != 0 ? it.Length : next - it.Offset;
    }

    private void CheckSites(ReadOnlySpan<AddressRange> ranges)
    {
        for (int i = 0; i < _sites.Length; i++)
        {
            TrapSite site = _sites[i];
            if (!Holds(ranges, site.Offset))
            {
                Throw($"The trap site at offset 0x{site.Offset:x} ({site.Code}) is outside the code, which is 0x{_length:x} bytes long.");
            }

            if (site.Code is TrapCode.None || !Enum.IsDefined(site.Code))
            {
                Throw($"The trap site at offset 0x{site.Offset:x} has the code {(int)site.Code}, which means nothing. Leave the site out, or give a TrapCode other than None.");
            }

            if (i > 0 && _sites[i - 1].Offset == site.Offset)
            {
                Throw($"There are two trap sites at offset 0x{site.Offset:x}: {_sites[i - 1].Code} and {site.Code}. An instruction can have one.");
            }
        }
    }

    private void CheckSymbols(ReadOnlySpan<AddressRange> ranges)
    {
        for (int i = 0; i < _symbols.Length; i++)
        {
            GuestSymbol symbol = _symbols[i];
            if (symbol.Name is null)
            {
                Throw($"The symbol at offset 0x{symbol.Offset:x} has no name.");
            }

            if (!Holds(ranges, symbol.Offset) || symbol.Length > _length - symbol.Offset)
            {
                Throw($"The symbol '{symbol.Name}' at offset 0x{symbol.Offset:x} with 0x{symbol.Length:x} bytes is outside the code, which is 0x{_length:x} bytes long.");
            }

            if (i > 0 && _symbols[i - 1].Offset == symbol.Offset)
            {
                Throw($"There are two symbols at offset 0x{symbol.Offset:x}: '{_symbols[i - 1].Name}' and '{symbol.Name}'. Keep one.");
            }
        }
    }

    private bool Holds(ReadOnlySpan<AddressRange> ranges, uint offset)
    {
        foreach (AddressRange range in ranges)
        {
            if (offset < _length && range.Contains(_start + offset))
            {
                return true;
            }
        }

        return false;
    }

    private static T[] Copy<T>(IReadOnlyList<T> list, string what)
    {
        if (list is null)
        {
            Throw($"GuestCodeInfo.{what} is null. Use an empty list for none.");
        }

        return [.. list];
    }

    [DoesNotReturn]
    private static void Throw(string message) => throw new ArgumentException(message);
}
