using FluentAssertions;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Documents;

public sealed class ReadmeTests
{
    [Fact]
    public void First_program_is_the_file_that_the_smoke_program_compiles()
    {
        string[] readme = Repository.ReadLines("README.md");
        int start = Array.IndexOf(readme, "using TrapRuntime;");
        int end = Array.FindIndex(readme, start, line => line.StartsWith("```", StringComparison.Ordinal));
        string[] shown = Trim(readme[(start + 1)..end]);

        string[] file = Repository.ReadLines("TrapRuntime.AotSmoke/Examples/FirstProgram.cs");
        int open = Array.FindIndex(file, line => line.Contains("Run()", StringComparison.Ordinal)) + 2;
        string[] compiled = Trim(file[open..Array.LastIndexOf(file, "    }")]);

        shown.Should().Equal(compiled);
    }

    [Theory]
    [InlineData(SmokeRuntime.CoreClr)]
    [InlineData(SmokeRuntime.NativeAot)]
    public void First_program_prints_what_its_comments_say(SmokeRuntime runtime)
    {
        SmokeEnd end = SmokeProgram.FindOrSkip(runtime).Run("first-program");

        end.ExitCode.Should().Be(0);
        string[] comments = [.. Repository.ReadLines("README.md")
            .Where(line => line.Contains("Console.WriteLine", StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf("// ", StringComparison.Ordinal) + 3)..])];
        end.Output.Should().HaveCount(3).And.HaveSameCount(comments);
        for (int i = 0; i < comments.Length; i++)
        {
            comments[i].Should().StartWith(end.Output[i]);
        }
    }

    private static string[] Trim(IEnumerable<string> lines) =>
        [.. lines.Select(line => line.Trim()).Where(line => line.Length > 0)];
}
