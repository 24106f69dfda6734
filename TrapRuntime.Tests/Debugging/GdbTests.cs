using System.Diagnostics;
using FluentAssertions;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Debugging;

public sealed class GdbTests
{
    private const string Breakpoint = "TrapRuntime_AotSmoke_TrapRuntime_AotSmoke_Debugging_NestedCalls__Innermost";
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    private static readonly string[] s_settings =
        ["set pagination off", "set debuginfod enabled off", "handle SIG34 nostop noprint", "handle SIGSEGV nostop noprint pass"];

    [Fact]
    public void Back_trace_crosses_two_guests_down_to_main()
    {
        string[] frames = [.. BackTrace().Where(line => line.StartsWith('#'))];

        frames[0].Should().Contain("NestedCalls__Innermost");
        // A thread's first call begins once more when the thread is ready.
        int begun = frames.Count(frame => frame.Contains("GuestRun__EnterFirst", StringComparison.Ordinal));
        (frames.Count(frame => frame.Contains("GuestRun__Enter", StringComparison.Ordinal)) - (2 * begun)).Should().Be(2);
        frames.Count(frame => frame.Contains("HostDispatch__Dispatch", StringComparison.Ordinal)).Should().Be(2);
        frames.Should().Contain(frame => frame.Contains("__libc_start", StringComparison.Ordinal));
    }

    private static string[] BackTrace()
    {
        string executable = SmokeProgram.PublishedOrSkip();
        Assert.SkipUnless(File.Exists("/usr/bin/gdb"), "gdb is not installed: apt-get install gdb.");
        ProcessStartInfo start = new("gdb") { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-batch");
        foreach (string command in (string[])[.. s_settings, $"source {Repository.PathOf("tools/gdb/trapruntime.py")}", $"break {Breakpoint}", "run nested-calls", "bt"])
        {
            start.ArgumentList.Add("-ex");
            start.ArgumentList.Add(command);
        }

        start.ArgumentList.Add(executable);
        using Process gdb = Process.Start(start)!;
        Task<string> errors = gdb.StandardError.ReadToEndAsync();
        Task<string> output = gdb.StandardOutput.ReadToEndAsync();
        if (!gdb.WaitForExit(s_patience))
        {
            gdb.Kill(entireProcessTree: true);
            Assert.Fail($"gdb hung: {errors.Result}");
        }

        return output.Result.Split('\n');
    }
}
