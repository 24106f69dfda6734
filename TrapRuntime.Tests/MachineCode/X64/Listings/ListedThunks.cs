using System.Reflection;
using System.Text;
using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;
using TrapRuntime.Platforms.Linux;

namespace TrapRuntime.Tests.MachineCode.X64.Listings;

/// <summary>Every thunk, emitted for made-up but fixed facts, so that nothing of the running process shows in a listing.</summary>
internal static class ListedThunks
{
    private const byte Nop = 0x90;
    private const int HostSlotCodeBytes = 4096;
    private const int HostSlotCount = 64;
    private const int HostSlotsListed = 3;
    private const long Judge = 0x0111_1111_1111;
    private const long ExitLabel = 0x0888_8888_8888;
    private const long Unwound = 0x0999_9999_9999;
    private const long GateRecord = 0x0222_2222_2222;
    private const long GetSpecific = 0x0333_3333_3333;
    private const uint Key = 7;

    /// <summary>Gets the facts: a processor with AVX and a shadow stack, a known place of the thread block, SIGUSR1 as the interrupt signal.</summary>
    internal static ThunkEnvironment Environment { get; } = new()
    {
        ThreadBlock = new ThreadBlockAccess { Subroutine = unchecked((nint)0x0444_4444_4444), ValueOffset = 0x318, SequenceOffset = 0x310, Sequence = 5 },
        Layout = LinuxX64Layout.Create(),
        SystemCalls = LinuxX64SystemCalls.Numbers,
        FaultHandler = unchecked((nint)0x0555_5555_5555),
        InterruptHandler = unchecked((nint)0x0666_6666_6666),
        InterruptSignal = LinuxSignals.SIGUSR1,
        InterruptCode = LinuxSignalInfo.SI_QUEUE,
        ProcessBlock = unchecked((nint)0x0777_7777_7777),
        LeavesByJump = true,
        HasShadowStack = true,
        ProtectionKeysOffset = 0xA80,
        HasUpperVectors = true,
    };

    /// <summary>Gets the same facts where the thread block has to be asked for, and on a processor that has none of these.</summary>
    internal static ThunkEnvironment FallbackEnvironment { get; } =
        Environment with
        {
            ThreadBlock = new ThreadBlockAccess { Subroutine = Environment.ThreadBlock.Subroutine },
            HasShadowStack = false,
            HasUpperVectors = false,
        };

    /// <summary>Gets all thunks in the order of their emission.</summary>
    internal static IReadOnlyList<ListedThunk> All { get; } =
    [
        .. EmittedTogether(Environment, ""),
        Alone("gate", e => GateThunk.Emit(e, Environment, GateTargets, unchecked((nint)GateRecord))),
        Alone("thread-end", e => ThreadEndThunk.Emit(e, Environment.SystemCalls)),
        Alone("find-thread-block", e => FindThreadBlock.EmitSubroutine(e, unchecked((nint)GetSpecific), Key)),
        Alone("thread-pointer-probe", ThreadPointerProbe.Emit),
        Alone("shadow-stack-probe", ShadowStackProbe.Emit),
        HostSlotPage(),
        .. EmittedTogether(FallbackEnvironment, "fallback-").Where(thunk => thunk.Name is "fallback-enter" or "fallback-native-raise"),
    ];

    /// <summary>Gets the thunks that a gate goes to; it knows no others.</summary>
    private static ThunkSet GateTargets => new()
    {
        Judge = unchecked((nint)Judge),
        ExitLabel = unchecked((nint)ExitLabel),
        Unwound = unchecked((nint)Unwound),
        Enter = 0,
        EnterWindow = 0,
        NativeRaise = 0,
        NativeOnHostStack = 0,
        HostCall = 0,
        HostCallback = 0,
        GuestEntry = 0,
        SafeCopy = 0,
        Start = 0,
        End = 0,
    };

    private static List<ListedThunk> EmittedTogether(ThunkEnvironment environment, string prefix)
    {
        X64Emitter e = new();
        ThunkLabels labels = X64Thunks.Emit(e, environment);
        byte[] code = e.Finish();
        Dictionary<int, string> names = [];
        foreach (PropertyInfo property in typeof(ThunkLabels).GetProperties(BindingFlags.Instance | BindingFlags.NonPublic))
        {
            names.Add(e.OffsetOf((CodeLabel)property.GetValue(labels)!), KebabCase(property.Name));
        }

        CodeLabel[] firsts =
        [
            labels.Enter, labels.Leave, labels.HostCall, labels.HostCallback, labels.NativeOnHostStack, labels.NativeRaise,
            labels.GuestEntry, labels.SafeCopy, labels.Judge,
        ];
        int[] starts = [.. firsts.Select(e.OffsetOf).Order(), code.Length];
        return [.. Enumerable.Range(0, firsts.Length).Select(i =>
            new ListedThunk(prefix + names[starts[i]], WithoutPadding(code[starts[i]..starts[i + 1]]), starts[i], names))];
    }

    private static ListedThunk Alone(string name, Action<X64Emitter> emit)
    {
        X64Emitter e = new();
        emit(e);
        return new ListedThunk(name, e.Finish(), 0, new Dictionary<int, string> { [0] = name });
    }

    private static ListedThunk HostSlotPage()
    {
        byte[] code = HostSlotPageThunk.Emit(HostSlotCodeBytes, HostSlotCount)[..(HostSlotsListed * HostSlotPageThunk.EntryBytes)];
        Dictionary<int, string> names = [];
        for (int i = 0; i < HostSlotsListed; i++)
        {
            names.Add(i * HostSlotPageThunk.EntryBytes, $"entry-{i}");
        }

        return new ListedThunk("host-slot-page", code, 0, names);
    }

    private static byte[] WithoutPadding(byte[] code) => code[..(code.AsSpan().LastIndexOfAnyExcept(Nop) + 1)];

    private static string KebabCase(string name)
    {
        StringBuilder text = new();
        foreach (char letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0)
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(letter));
        }

        return text.ToString();
    }
}
