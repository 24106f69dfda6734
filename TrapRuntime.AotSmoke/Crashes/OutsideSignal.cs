using System.Diagnostics;
using System.Globalization;
using TrapRuntime.AotSmoke.Commands;
using TrapRuntime.Platforms.Linux;

namespace TrapRuntime.AotSmoke.Crashes;

/// <summary>
/// Asks for SIGSEGV from outside once the main thread is in native code. (In managed code CoreCLR takes any SIGSEGV for an access
/// violation, so that the end would depend on where the signal hits.)
/// </summary>
internal static unsafe class OutsideSignal
{
    private const string CaughtSignals = "SigCgt:";

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    /// <summary>Starts a thread that asks as soon as a word is no longer 0, and ends the process if it survives.</summary>
    internal static void AskOnceStarted(long* started) =>
        new Thread(Ask) { IsBackground = true }.Start((nint)started);

    // Twice: both runtimes let the first one go by and put back the default action, by which the second one kills.
    private static void Ask(object? started)
    {
        while (Volatile.Read(ref *(long*)(nint)started!) == 0)
        {
            _ = Thread.Yield();
        }

        CrashTalk.AskForSignal();
        long asked = Stopwatch.GetTimestamp();
        while (IsCaught() && Stopwatch.GetElapsedTime(asked) < s_patience)
        {
            _ = Thread.Yield();
        }

        // The kernel leaves a signal that dumps core to the thread it chose, which may have to wait for its turn.
        CrashTalk.AskForSignal();
        Thread.Sleep(s_patience);
        Environment.Exit(ExitCode.Survived);
    }

    private static bool IsCaught()
    {
        string line = File.ReadLines("/proc/self/status").First(static line => line.StartsWith(CaughtSignals, StringComparison.Ordinal));
        ulong signals = ulong.Parse(line.AsSpan(CaughtSignals.Length), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (signals >> (LinuxSignals.SIGSEGV - 1) & 1) != 0;
    }
}
