using FluentAssertions;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Documents;

public sealed class GuestStacksExampleTests
{
    [Fact]
    public void Documented_retry_is_the_code_that_the_scenarios_run()
    {
        string[] documented = Between(Repository.ReadLines("TrapRuntime/GuestStacks.cs"), "<code>", "</code>");
        string[] compiled = Between(Repository.ReadLines("TrapRuntime.AotSmoke/Examples/GrowingStack.cs"), "Run(", "return result;");

        documented.Select(line => line["///".Length..].Trim()).Should().Equal(compiled.Skip(1).Select(line => line.Trim()).Where(line => line.Length > 0));
    }

    private static string[] Between(string[] lines, string first, string last)
    {
        int start = Array.FindIndex(lines, line => line.Contains(first, StringComparison.Ordinal)) + 1;
        int end = Array.FindIndex(lines, start, line => line.Contains(last, StringComparison.Ordinal));
        return lines[start..end];
    }
}
