namespace TrapRuntime.AotSmoke.Crashes;

/// <summary>What a dying process says on standard output to the test that watches it.</summary>
internal static class CrashTalk
{
    /// <summary>How often a process sends itself a signal that a runtime may let go by once.</summary>
    internal const int Signals = 2;

    /// <summary>A line that is this word asks for a signal from outside, and then for an empty line.</summary>
    internal const string Ready = "ready";

    /// <summary>The rest of a line that starts with this must appear on standard error before the end.</summary>
    internal const string Expect = "expect ";

    /// <summary>Asks for a signal. Comes back when the process has survived it.</summary>
    internal static void AskForSignal()
    {
        Console.WriteLine(Ready);
        _ = Console.ReadLine();
    }

    internal static void Announce(string errorText) => Console.WriteLine(Expect + errorText);
}
