namespace TrapRuntime.AotSmoke.Crashes;

/// <summary>What a dying process says on standard output to the test that watches it.</summary>
internal static class CrashTalk
{
    /// <summary>A line that is this word asks for a signal from outside.</summary>
    internal const string Ready = "ready";

    /// <summary>The rest of a line that starts with this must appear on standard error before the end.</summary>
    internal const string Expect = "expect ";

    internal static void AskForSignal() => Console.WriteLine(Ready);

    internal static void Announce(string errorText) => Console.WriteLine(Expect + errorText);
}
