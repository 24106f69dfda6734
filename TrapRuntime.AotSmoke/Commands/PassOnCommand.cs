using System.Runtime.InteropServices;
using TrapRuntime.AotSmoke.Coexistence;

namespace TrapRuntime.AotSmoke.Commands;

/// <summary>
/// Lets another library install its handlers, then has foreign faults and sent signals strike. Prints what that library saw, for
/// a comparison of runs with and without TrapRuntime.
/// </summary>
internal sealed unsafe class PassOnCommand : ICommand
{
    /// <inheritdoc/>
    public string Name => "pass-on";

    /// <inheritdoc/>
    public string Parameters => "LIBRARY ACTION PLACE [control|below|above] ";

    /// <inheritdoc/>
    public string Summary => "shows what another library's handlers see";

    /// <inheritdoc/>
    public int Run(ReadOnlySpan<string> arguments)
    {
        if (arguments.Length != 4 || !Enum.TryParse(arguments[2], out Place place) || arguments[3] is not ("control" or "below" or "above"))
        {
            throw new UsageException($"'{Name}' takes {Parameters}.");
        }

        nint library = NativeLibrary.Load(arguments[0]);
        string order = arguments[3];
        bool installed = order == "above" || Install(library, arguments[1]);
        if (order != "control")
        {
            TrapHandlers.Initialize();
        }

        // Above: the other library comes second, and TrapRuntime goes back on top of it.
        if (order == "above" && !(Install(library, arguments[1]) && TrapHandlers.EnsureTopmost()))
        {
            installed = false;
        }

        // The control run must not enter a guest: that would set TrapRuntime up.
        if (order == "control" && place != Place.Thread)
        {
            place = Place.Main;
        }

        string? wrong = installed ? PassOn.Call(place, NativeLibrary.GetExport(library, "foreign_run")) : "The handlers did not go in.";
        if (wrong is not null)
        {
            Console.Error.WriteLine(wrong);
        }

        return wrong is null ? ExitCode.Success : ExitCode.Failure;
    }

    private static bool Install(nint library, string action)
    {
        nint text = Marshal.StringToCoTaskMemUTF8(action);
        int result = ((delegate* unmanaged<nint, int>)NativeLibrary.GetExport(library, "foreign_install"))(text);
        Marshal.FreeCoTaskMem(text);
        return result == 0;
    }
}
