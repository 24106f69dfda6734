using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using TrapRuntime.MachineCode;
using TrapRuntime.Platforms.Linux;

namespace TrapRuntime.Tests.Platforms;

/// <summary>
/// The C file of assertions about <c>Platforms/Linux</c>, made by reflection: every field of every struct there, every constant
/// of a native name (all others are spelled as .NET spells them and are our own).
/// </summary>
internal static partial class LinuxLayouts
{
    private const BindingFlags AllStatic = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
    private const BindingFlags AllInstance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private const string CLibraryHeaders = """
        #define _GNU_SOURCE
        #include <elf.h>
        #include <link.h>
        #include <signal.h>
        #include <stddef.h>
        #include <sys/auxv.h>
        #include <sys/mman.h>
        #include <sys/syscall.h>
        #include <ucontext.h>

        """;

    /// <summary>The kernel's own view. Its headers and the C library's define the same names and cannot meet in one file.</summary>
    private const string KernelHeaders = """
        #include <stddef.h>
        #include <asm/signal.h>

        """;

    /// <summary>Constants whose meaning for us is the kernel's; the C library makes this one a function call.</summary>
    private static readonly HashSet<string> s_kernelConstants = ["MINSIGSTKSZ"];

    /// <summary>Gets the rows. A struct without one fails the test.</summary>
    internal static IReadOnlyList<NativeLayout> Rows { get; } =
    [
        new(typeof(LinuxX64Context), "ucontext_t", IsWhole: false, ContextField),
        new(typeof(LinuxSignalStack), "stack_t"),
        new(typeof(LinuxSignalInfo), "siginfo_t"),
        new(typeof(LinuxSignalAction), "struct sigaction"),
        new(typeof(Elf64_Phdr), "Elf64_Phdr"),
        new(typeof(dl_phdr_info), "struct dl_phdr_info", IsWhole: false),
    ];

    /// <summary>Gets the top-level structs of the folder: those that mirror native ones.</summary>
    internal static IEnumerable<Type> Structs => Types.Where(type => type is { IsValueType: true, IsEnum: false, IsNested: false });

    /// <summary>Gets the constants with native names.</summary>
    internal static IEnumerable<FieldInfo> Constants =>
        from type in Types
        from constant in type.GetFields(AllStatic)
        where constant.IsLiteral && NativeName().IsMatch(constant.Name)
        select constant;

    private static IEnumerable<Type> Types =>
        typeof(LinuxSignals).Assembly.GetTypes().Where(type => type.Namespace == typeof(LinuxSignals).Namespace);

    internal static string CLibraryAssertions() =>
        CLibraryHeaders + string.Join('\n', [.. Rows.SelectMany(AssertionsOf), .. Constants.Where(c => !s_kernelConstants.Contains(c.Name)).Select(AssertionOf), ""]);

    internal static string KernelAssertions()
    {
        int words = GateRecord.KernelActionWords;
        return KernelHeaders + string.Join('\n',
        [
            .. Constants.Where(c => s_kernelConstants.Contains(c.Name)).Select(AssertionOf),
            Assertion($"sizeof(struct sigaction) == {words * sizeof(ulong)}", "GateRecord.KernelActionWords"),
            Assertion($"sizeof(sigset_t) == {KernelMaskBytes()}", "GateThunk.KernelMaskBytes"),
            "",
        ]);
    }

    internal static string Assertion(string condition, string what) => $"_Static_assert({condition}, \"{what}\");";

    private static int KernelMaskBytes() =>
        (int)typeof(TrapRuntime.MachineCode.X64.GateThunk).GetField("KernelMaskBytes", AllStatic)!.GetRawConstantValue()!;

    private static IEnumerable<string> AssertionsOf(NativeLayout row)
    {
        string name = row.Type.Name;
        int size = Marshal.SizeOf(row.Type);
        yield return Assertion($"sizeof({row.NativeType}) {(row.IsWhole ? "==" : ">=")} {size}", $"size of {name}");
        foreach (FieldInfo field in row.Type.GetFields(AllInstance))
        {
            string native = row.Field(field.Name);
            yield return Assertion(
                $"offsetof({row.NativeType}, {native}) == {Marshal.OffsetOf(row.Type, field.Name)}", $"offset of {name}.{field.Name}");
            yield return Assertion(
                $"sizeof((({row.NativeType} *)0)->{native}) == {SizeOf(field.FieldType)}", $"size of {name}.{field.Name}");
        }
    }

    // At the constant's own width: C has 0x80000000 for what C# keeps as a negative int.
    private static string AssertionOf(FieldInfo constant) =>
        Assertion($"({(SizeOf(constant.FieldType) == sizeof(int) ? "int" : "long")})({constant.Name}) == {Value(constant)}L", $"{constant.DeclaringType!.Name}.{constant.Name} is {Value(constant)}");

    private static string Value(FieldInfo constant) => Convert.ToString(constant.GetRawConstantValue(), CultureInfo.InvariantCulture)!;

    private static int SizeOf(Type type) => type.IsPointer ? nint.Size : Marshal.SizeOf(type);

    private static string ContextField(string name) => name switch
    {
        ['u', 'c', '_', ..] => name,
        nameof(LinuxX64Context.Eflags) => "uc_mcontext.gregs[REG_EFL]",
        nameof(LinuxX64Context.Fpregs) => "uc_mcontext.fpregs",
        _ => $"uc_mcontext.gregs[REG_{name.ToUpperInvariant()}]",
    };

    // SA_ONSTACK, SIGSEGV, __NR_write: not Fallback.
    [GeneratedRegex("^(__NR_[a-z0-9_]+|[A-Z][A-Z0-9_]*)$")]
    private static partial Regex NativeName();
}
