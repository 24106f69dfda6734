using System.Runtime.InteropServices;
using TrapRuntime.AotSmoke.Crashes;
using TrapRuntime.AotSmoke.Guests;
using TrapRuntime.AotSmoke.Scenarios;

namespace TrapRuntime.AotSmoke.Commands;

/// <summary>Dies in one way, with TrapRuntime at work or without it.</summary>
internal sealed partial class CrashCommand(ICrash crash) : ICommand
{
    private const string WithoutOption = "--without";
    private const int RLIMIT_CORE = 4;

    /// <inheritdoc/>
    public string Name => $"crash-{crash.Name}";

    /// <inheritdoc/>
    public string Parameters => $"[{WithoutOption}]";

    /// <inheritdoc/>
    public string Summary => crash.Summary;

    /// <inheritdoc/>
    public int Run(ReadOnlySpan<string> arguments)
    {
        bool without = arguments switch
        {
            [] => false,
            [WithoutOption] => true,
            _ => throw new UsageException($"'{Name}' takes nothing but {WithoutOption}."),
        };
        ForbidCoreFiles();
        if (!without)
        {
            TrapOnce();
        }

        crash.Die(without);
        Console.Error.WriteLine("The process is still alive.");
        return ExitCode.Survived;
    }

    // A real trap first, so that everything that could get in the way of dying is in place.
    private static void TrapOnce()
    {
        using GuestCode guest = ReadGuest.Emit();
        string got = TrapText.CallWith(guest, 0);
        if (got == TrapText.Returned)
        {
            throw new InvalidOperationException("The first guest did not trap.");
        }
    }

    private static unsafe void ForbidCoreFiles()
    {
        ResourceLimit none = default;
        _ = SetRLimit(RLIMIT_CORE, &none);
    }

    [LibraryImport("libc", EntryPoint = "setrlimit")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial int SetRLimit(int resource, ResourceLimit* limit);

    /// <summary>struct rlimit.</summary>
    private struct ResourceLimit
    {
        internal ulong Current;
        internal ulong Maximum;
    }
}
