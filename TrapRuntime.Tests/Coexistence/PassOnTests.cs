using System.Collections.Concurrent;
using FluentAssertions;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Coexistence;

/// <summary>
/// What another library's handlers see of faults and sent signals that are no guest's, compared line by line with a run without
/// TrapRuntime. A report says for each of SIGSEGV, SIGBUS, SIGILL and SIGFPE, struck by a fault, a second fault, kill, tgkill, sigqueue,
/// raise, or during a blocking read: which arguments, stack, mask and signal information the handler got, and how it ended.
/// </summary>
public sealed class PassOnTests
{
    private static readonly ConcurrentDictionary<(SmokeRuntime, string, string, string), Lazy<ProcessResult>> s_controls = new();

    private static readonly string[] s_actions =
    [
        "runtime", "default", "ignore", "null", "null,onstack", "one", "one,onstack", "one,onstack,mask", "three,repair",
        "three,onstack,repair", "three,onstack,mask,repair", "three,mask,repair", "three,nodefer,repair", "three,nodefer,crash",
        "three,crash", "three,onstack,crash", "three,onstack,nodefer,crash", "three,resethand", "three,resethand,repair",
        "three,resethand,onstack,repair", "three,restart,repair", "three,leave", "three,onstack,nostack,repair", "one,resethand",
    ];

    private static readonly string[] s_actionsElsewhere = ["default", "three,repair", "three,onstack,mask,repair", "three,nodefer,crash", "three,crash"];
    private static readonly string[] s_places = ["Thread", "AfterGuest", "AfterTrap", "HostCall", "GuestStack"];

    public static TheoryData<SmokeRuntime, string> Actions() =>
        [.. from runtime in Enum.GetValues<SmokeRuntime>() from action in s_actions select (runtime, action)];

    public static TheoryData<SmokeRuntime, string, string> Places() =>
        [.. from runtime in Enum.GetValues<SmokeRuntime>()
            from action in s_actionsElsewhere
            from place in s_places
            select (runtime, action, place)];

    [Theory]
    [MemberData(nameof(Actions))]
    public void Foreign_signals_go_to_the_earlier_action_as_without_us(SmokeRuntime runtime, string action) =>
        Differences(Report(runtime, action, "Main", "below"), Control(runtime, action, "Main")).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(Actions))]
    public void Foreign_signals_go_to_an_action_that_came_later_as_without_us(SmokeRuntime runtime, string action)
    {
        if (action != "runtime")
        {
            Differences(Report(runtime, action, "Main", "above"), Control(runtime, action, "Main")).Should().BeEmpty();
        }
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void Foreign_signals_are_passed_on_wherever_the_thread_stands(SmokeRuntime runtime, string action, string place) =>
        Differences(Report(runtime, action, place, "below"), Control(runtime, action, place == "Thread" ? place : "Main")).Should().BeEmpty();

    [Theory]
    [InlineData(SmokeRuntime.NativeAot, "ignore")]
    [InlineData(SmokeRuntime.NativeAot, "default")]
    [InlineData(SmokeRuntime.CoreClr, "ignore")]
    [InlineData(SmokeRuntime.CoreClr, "default")]
    public void Dispositions_inherited_over_execve_are_kept(SmokeRuntime runtime, string disposition) =>
        Differences(Report(runtime, "runtime", "Main", "below", disposition), Control(runtime, "runtime", "Main", disposition)).Should().BeEmpty();

    [Theory]
    [InlineData("default", "SIGSEGV fault: killed by 11\n")]
    [InlineData("default", "SIGFPE sigqueue: killed by 8\n")]
    [InlineData("ignore", "SIGILL fault: killed by 4\n")]
    [InlineData("ignore", "SIGILL kill: exit 0 resumed")]
    [InlineData("null", "SIGBUS raise: killed by 7\n")]
    [InlineData("one", "SIGBUS fault: called(signal 7, 1 arguments, interrupted stack, mask +40)")]
    [InlineData("three,onstack,mask,repair", "SIGSEGV fault: called(signal 11, 3 arguments, signal stack, mask +2c00, code 2, address, counter, saved mask same) exit 0")]
    [InlineData("three,nodefer,crash", "SIGFPE fault: called(signal 8, 3 arguments, interrupted stack, mask +0, code 1, address, counter, saved mask same) called(")]
    [InlineData("three,resethand", "SIGSEGV fault: called(signal 11, 3 arguments, interrupted stack, mask +400, code 2, address, counter, saved mask same) killed by 11\n")]
    [InlineData("three,repair", "SIGILL sigqueue: called(signal 4, 3 arguments, interrupted stack, mask +8, code -1, sender me, value,")]
    [InlineData("three,repair", "read interrupted\n")]
    [InlineData("three,restart,repair", "read restarted\n")]
    public void The_report_tells_what_the_kernel_does(string action, string line) =>
        Control(SmokeRuntime.NativeAot, action, "Main").Should().Contain(line).And.NotContain("NOT BELOW");

    // Lines of either report that the other lacks, the control's marked.
    private static IEnumerable<string> Differences(string report, string control)
    {
        string[] lines = report.Split('\n');
        string[] expected = control.Split('\n');
        expected.Length.Should().BeGreaterThan(1);
        return [.. lines.Except(expected), .. expected.Except(lines).Select(line => "expected: " + line)];
    }

    private static string Control(SmokeRuntime runtime, string action, string place, string disposition = "")
    {
        ProcessResult result = s_controls.GetOrAdd(
            (runtime, action, place, disposition),
            key => new Lazy<ProcessResult>(() => Run(key.Item1, key.Item2, key.Item3, "control", key.Item4))).Value;
        result.ExitCode.Should().Be(0, result.ToString());
        return result.Output;
    }

    private static string Report(SmokeRuntime runtime, string action, string place, string order, string disposition = "")
    {
        ProcessResult result = Run(runtime, action, place, order, disposition);
        result.ExitCode.Should().Be(0, result.ToString());
        return result.Output;
    }

    private static ProcessResult Run(SmokeRuntime runtime, string action, string place, string order, string disposition) => SmokeChild.Run(
        runtime,
        disposition.Length == 0 ? [] : [NativeBuild.Program("launcher"), disposition],
        [],
        "pass-on", NativeBuild.Library("foreign"), action, place, order);
}
