using System.Reflection;
using System.Text.RegularExpressions;
using FluentAssertions;
using TrapRuntime.Tests.Support;
using Xunit;

namespace TrapRuntime.Tests.Documents;

public sealed partial class NamedTestsTests
{
    /// <summary>A table that names a test is worth nothing once the test has another name.</summary>
    [Theory]
    [InlineData("ARCHITECTURE.md", 10)]
    [InlineData("docs/coexistence.md", 20)]
    public void Every_test_that_a_document_names_exists(string document, int atLeast)
    {
        string[] named = [.. Repository.ReadLines(document).SelectMany(static line => TestName().Matches(line)).Select(static match => match.Groups[1].Value).Distinct()];
        HashSet<string> tests = [.. Assembly.GetExecutingAssembly().GetTypes()
            .SelectMany(static type => type.GetMethods()).Where(static method => method.GetCustomAttributes<FactAttribute>().Any()).Select(static method => method.Name)];

        named.Should().HaveCountGreaterThanOrEqualTo(atLeast);
        named.Where(name => !tests.Contains(name)).Should().BeEmpty();
    }

    [GeneratedRegex("`([A-Z][a-z]+(?:_[A-Za-z0-9]+){3,})`")]
    private static partial Regex TestName();
}
