using System.Runtime.InteropServices;
using static TrapRuntime.WasmSuite.Libraries.CTypes;
using static TrapRuntime.WasmSuite.Libraries.GuestCalls;

namespace TrapRuntime.WasmSuite.Libraries;

/// <summary>The C library's qsort calls a comparator in the host, which may throw; and a null pointer is only the guest's problem.</summary>
internal sealed unsafe class CLibraryScenario : ILibraryScenario
{
    private const int Numbers = 1000;
    private const int ComparisonsBeforeThrow = 100;
    private const int Seed = 8;

    private static readonly GuestSignature s_comparator = GuestSignature.Create([Long, Long], Int);

    /// <inheritdoc/>
    public string Name => "C library: qsort";

    /// <inheritdoc/>
    public void Run(LibraryReport report, string folder)
    {
        GuestLibrary library = new("libc.so.6");
        GuestFunction sort = library.Find("qsort", null, Long, Long, Long, Long);
        int* numbers = (int*)NativeMemory.Alloc(Numbers, sizeof(int));
        try
        {
            Sorts(report, sort, numbers);
            Throws(report, sort, numbers);
            Traps(report, sort, numbers);
            Sorts(report, sort, numbers);
        }
        finally
        {
            NativeMemory.Free(numbers);
        }

        Trap? trap = library.Find("strlen", Long, Long).Invoke([Pointer(0)], out _, GuestLibrary.Config).Trap;
        report.Check(trap is { Kind: TrapKind.Hardware, Code: TrapCode.None, FaultAddress: 0 }, $"strlen(NULL) ended in: {trap?.Message ?? "no trap"}");
    }

    private static void Sorts(LibraryReport report, GuestFunction sort, int* numbers)
    {
        using HostFunction compare = HostFunction.Create(s_comparator, (ref call) => Number(Compare(ref call)));
        Sort(sort, numbers, compare);
        int[] sorted = new Span<int>(numbers, Numbers).ToArray();
        report.Check(sorted.SequenceEqual(sorted.Order()), "qsort did not sort");
    }

    private static void Throws(LibraryReport report, GuestFunction sort, int* numbers)
    {
        int calls = 0;
        InvalidDataException error = new("these two cannot be compared");
        using HostFunction compare = HostFunction.Create(s_comparator, (ref call) =>
            ++calls == ComparisonsBeforeThrow ? throw error : Number(Compare(ref call)));
        Exception? caught = null;
        try
        {
            Sort(sort, numbers, compare);
        }
        catch (InvalidDataException thrown)
        {
            caught = thrown;
        }

        report.Check(ReferenceEquals(error, caught), $"the comparator's exception came out as {caught}");
        report.Check(caught?.StackTrace?.Contains(nameof(Throws), StringComparison.Ordinal) ?? false, "the exception lost its stack trace");
        report.Equal(ComparisonsBeforeThrow, calls, "comparisons");
    }

    private static void Traps(LibraryReport report, GuestFunction sort, int* numbers)
    {
        TimeoutException error = new("the host has no time");
        using HostFunction compare = HostFunction.Create(s_comparator, (ref call) => call.Trap(error));
        Trap? trap = null;
        try
        {
            Sort(sort, numbers, compare);
        }
        catch (TrapException thrown)
        {
            trap = thrown.Trap;
        }

        report.Check(trap is { Kind: TrapKind.User } && ReferenceEquals(error, trap.UserError), $"the comparator's trap came out as {trap?.Message ?? "no trap"}");
    }

    private static void Sort(GuestFunction sort, int* numbers, HostFunction compare)
    {
        Random random = new(Seed);
        foreach (ref int number in new Span<int>(numbers, Numbers))
        {
            number = random.Next();
        }

        _ = sort.Call(Pointer(numbers), GuestValue.FromInt64(Numbers), GuestValue.FromInt64(sizeof(int)), Pointer(compare.Address));
    }

    private static int Compare(ref HostCallContext call) => (*(int*)call.Arguments[0].AsInt64()).CompareTo(*(int*)call.Arguments[1].AsInt64());
}
