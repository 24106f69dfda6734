using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.InteropServices;
using FluentAssertions;
using TrapRuntime.Handlers;
using TrapRuntime.Platforms.Linux;
using Xunit;

namespace TrapRuntime.Tests.Handlers.Intermediate;

public sealed class HandlerScanTests
{
    private const BindingFlags All = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static TheoryData<string, string> Lapses => new()
    {
        { nameof(Allocate), "makes an object" },
        { nameof(AllocateArray), "newarr" },
        { nameof(Box), "box" },
        { nameof(Throw), "throw" },
        { nameof(Text), "ldstr" },
        { nameof(CallThroughObject), "calls through an object" },
        { nameof(ReadStatic), "uses the static" },
        { nameof(ReadThreadStatic), "uses the static" },
        { nameof(Native), "P/Invoke" },
        { nameof(Elsewhere), "leaves the handler" },
        { nameof(Catch), "handles exceptions" },
        { nameof(Checked), "add.ovf" },
        { nameof(Divide), "div" },
    };

    [Fact]
    public void Everything_the_handlers_reach_keeps_to_the_rules()
    {
        MethodBase[] roots =
        [
            .. typeof(SignalHandler).Assembly.GetTypes()
                .Where(type => type.Namespace == typeof(SignalHandler).Namespace)
                .SelectMany(type => type.GetMethods(All).Concat<MethodBase>(type.GetConstructors(All))),
        ];

        HandlerScan scan = HandlerScan.From(roots);

        scan.Wrong.Should().BeEmpty();
        scan.Reached.Should().Contain(typeof(LinuxX64Context).GetMethod(nameof(LinuxX64Context.Redirect))!);
    }

    [Theory]
    [MemberData(nameof(Lapses))]
    public void Lapse_is_found(string method, string complaint) =>
        HandlerScan.From(typeof(HandlerScanTests).GetMethod(method, All)!).Wrong.Should().Contain(text => text.Contains(complaint));

    [Fact]
    public void Pointer_arithmetic_passes() =>
        HandlerScan.From(typeof(HandlerScanTests).GetMethod(nameof(Add), All)!).Wrong.Should().BeEmpty();

    [ThreadStatic]
    private static int t_static;

    private static readonly int s_initialised = Environment.TickCount;

    private static unsafe nuint Add(nuint* values, nint count) => unchecked(*values + values[count] + (nuint)count);

    private static void Allocate() => GC.KeepAlive(new object());

    private static int AllocateArray(int count) => new int[count].Length;

    private static object Box(int value) => value;

    private static void Throw() => throw new InvalidOperationException();

    private static string Text() => "text";

    private static string? CallThroughObject(object value) => value.ToString();

    private static int ReadStatic() => s_initialised;

    private static int ReadThreadStatic() => t_static;

    [DllImport("libc", EntryPoint = "getpid")]
    [SuppressMessage("Interoperability", "SYSLIB1054", Justification = "A lapse on purpose; it is never called.")]
    [SuppressMessage("Interoperability", "CA5392", Justification = "A lapse on purpose; it is never called.")]
    private static extern int Native();

    private static int Elsewhere() => Environment.ProcessId;

    private static int Catch(int value)
    {
        try
        {
            return value;
        }
        finally
        {
            t_static = value;
        }
    }

    private static int Checked(int value) => checked(value + 1);

    private static int Divide(int value, int by) => value / by;
}
