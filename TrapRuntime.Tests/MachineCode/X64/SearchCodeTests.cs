using System.Runtime.InteropServices;
using FluentAssertions;
using TrapRuntime.Activations;
using TrapRuntime.Handlers;
using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;
using Xunit;

namespace TrapRuntime.Tests.MachineCode.X64;

/// <summary>The search in machine code and its twin in C#, against a linear search.</summary>
public sealed unsafe class SearchCodeTests
{
    private const int Tables = 400;
    private const int MostRanges = 60;
    private const int RandomAddresses = 50;

    [Fact]
    public void Both_searches_agree_with_a_linear_one()
    {
        Random random = new(17);
        using CodeBuffer code = CodeBuffer.TryCreate(Function())!;
        delegate* unmanaged<nuint, CodeTable*, int> search = (delegate* unmanaged<nuint, CodeTable*, int>)code.Start;
        int hits = 0;
        int misses = 0;
        for (int i = 0; i < Tables; i++)
        {
            (nuint Start, nuint End)[] ranges = RandomRanges(random);
            using TwoLevels table = new(ranges, random);
            foreach (nuint address in Addresses(ranges, random))
            {
                bool expected = ranges.Any(range => address >= range.Start && address < range.End);
                bool inMachineCode = search(address, table.Upper) == 1;
                bool inManagedCode = CodeSearch.Contains(table.Upper, address);
                if (inMachineCode != expected || inManagedCode != expected)
                {
                    Assert.Fail($"0x{address:x} is {(expected ? "" : "not ")}in {string.Join(' ', ranges)}: machine code {inMachineCode}, C# {inManagedCode}");
                }

                hits += expected ? 1 : 0;
                misses += expected ? 0 : 1;
            }
        }

        hits.Should().BePositive();
        misses.Should().BePositive();
    }

    [Fact]
    public void Null_table_holds_nothing() => CodeSearch.Contains(null, 1).Should().BeFalse();

    // In: rdi = address, rsi = upper table. Out: eax = 1 when a range holds it.
    private static byte[] Function()
    {
        X64Emitter e = new();
        CodeLabel missing = e.NewLabel();
        SearchCode.Emit(e, missing);
        e.Move(Reg64.Rax, 1);
        e.Return();
        e.Bind(missing);
        e.Zero(Reg64.Rax);
        e.Return();
        return e.Finish();
    }

    // Sorted, not overlapping, some adjoining; now and then with the first and the last address there is.
    private static (nuint Start, nuint End)[] RandomRanges(Random random)
    {
        int count = random.Next(1, MostRanges);
        nuint scale = (nuint)1 << random.Next(1, 52);
        nuint next = random.Next(4) == 0 ? 0 : scale;
        List<(nuint Start, nuint End)> ranges = [];
        for (int i = 0; i < count; i++)
        {
            nuint start = next + (random.Next(3) == 0 ? 0 : (nuint)random.NextInt64(1, (long)scale + 1));
            nuint end = start + (nuint)random.NextInt64(1, (long)scale + 1);
            ranges.Add((start, end));
            next = end;
        }

        if (random.Next(4) == 0)
        {
            ranges.Add((nuint.MaxValue - scale, nuint.MaxValue));
        }

        return [.. ranges];
    }

    private static IEnumerable<nuint> Addresses((nuint Start, nuint End)[] ranges, Random random)
    {
        yield return 0;
        yield return nuint.MaxValue;
        foreach ((nuint start, nuint end) in ranges)
        {
            yield return unchecked(start - 1);
            yield return start;
            yield return start + ((end - start) / 2);
            yield return end - 1;
            yield return end;
        }

        for (int i = 0; i < RandomAddresses; i++)
        {
            yield return (nuint)random.NextInt64();
        }
    }

    /// <summary>The ranges cut at random into lower tables.</summary>
    private sealed class TwoLevels : IDisposable
    {
        private readonly List<nint> _tables = [];

        internal TwoLevels((nuint Start, nuint End)[] ranges, Random random)
        {
            List<(nuint Start, nuint Value)> upper = [];
            for (int first = 0; first < ranges.Length;)
            {
                int count = random.Next(1, Math.Min(12, ranges.Length - first) + 1);
                CodeTable* lower = Allocate([.. ranges[first..(first + count)]]);
                upper.Add((ranges[first].Start, (nuint)lower));
                first += count;
            }

            Upper = Allocate([.. upper]);
        }

        internal CodeTable* Upper { get; }

        public void Dispose()
        {
            foreach (nint table in _tables)
            {
                NativeMemory.Free((void*)table);
            }
        }

        private CodeTable* Allocate((nuint Start, nuint Value)[] entries)
        {
            CodeTable* table = (CodeTable*)NativeMemory.Alloc((nuint)(sizeof(CodeTable) + (entries.Length * sizeof(CodeEntry))));
            table->Count = entries.Length;
            CodeEntry* to = &table->FirstEntry;
            foreach ((nuint start, nuint value) in entries)
            {
                *to++ = new CodeEntry { Start = start, EndOrTable = value };
            }

            _tables.Add((nint)table);
            return table;
        }
    }
}
