using FluentAssertions;
using TrapRuntime.AotSmoke.Commands;
using TrapRuntime.AotSmoke.Crashes;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Crashes;

/// <summary>Processes that must die, and die as they would have died without this library.</summary>
public sealed class CrashTests
{
    public static TheoryData<string, SmokeRuntime> Rows
    {
        get
        {
            TheoryData<string, SmokeRuntime> rows = [];
            foreach (ICrash crash in CrashTable.All)
            {
                rows.Add(crash.Name, SmokeRuntime.NativeAot);
                rows.Add(crash.Name, SmokeRuntime.CoreClr);
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void Process_dies_as_it_would_without_the_library(string crash, SmokeRuntime runtime)
    {
        SmokeProgram program = SmokeProgram.FindOrSkip(runtime);

        SmokeEnd control = program.Run($"crash-{crash}", "--without");
        SmokeEnd end = program.Run($"crash-{crash}");

        Check(control);
        Check(end);
        end.ExitCode.Should().Be(control.ExitCode, end.Errors);
    }

    private static void Check(SmokeEnd end)
    {
        end.ExitCode.Should().NotBeNull("it must not hang").And.NotBe(ExitCode.Survived, end.Errors);
        end.ExitCode.Should().BeGreaterThan(128, "a signal ends it: {0}", end.Errors);
        foreach (string line in end.Output.Where(line => line.StartsWith(CrashTalk.Expect, StringComparison.Ordinal)))
        {
            end.Errors.Should().Contain(line[CrashTalk.Expect.Length..]);
        }
    }
}
