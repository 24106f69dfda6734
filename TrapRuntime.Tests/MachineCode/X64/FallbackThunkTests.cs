using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using FluentAssertions;
using TrapRuntime.Tests.MachineCode.X64.Running;
using Xunit;

namespace TrapRuntime.Tests.MachineCode.X64;

public sealed partial class FallbackThunkTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Thunks_that_ask_for_the_thread_block_pass_the_same_tests()
    {
        string[] classes =
        [
            .. typeof(FallbackThunkTests).Assembly.GetTypes()
                .Where(type => type.GetCustomAttribute<CollectionAttribute>()?.Name == ThunksCollection.Name)
                .Select(type => type.FullName!),
        ];
        string executable = Environment.ProcessPath!;
        ProcessStartInfo start = new(executable) { RedirectStandardError = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(executable) == "dotnet")
        {
            start.ArgumentList.Add(typeof(FallbackThunkTests).Assembly.Location);
        }

        foreach (string name in classes)
        {
            start.ArgumentList.Add("-class");
            start.ArgumentList.Add(name);
        }

        start.Environment[ThunkVariant.Variable] = "1";
        using Process child = Process.Start(start)!;
        CancellationToken token = TestContext.Current.CancellationToken;
        Task<string> errors = child.StandardError.ReadToEndAsync(token);
        Task<string> output = child.StandardOutput.ReadToEndAsync(token);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(s_limit);
        try
        {
            await child.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            child.Kill();
            throw;
        }

        string text = await output + await errors;
        child.ExitCode.Should().Be(0, "{0}", text);
        int ran = int.Parse(Total().Match(text).Groups[1].Value, CultureInfo.InvariantCulture);
        classes.Should().NotBeEmpty();
        ran.Should().BeGreaterThan(classes.Length, "{0}", text);
    }

    [GeneratedRegex(@"Total: (\d+)")]
    private static partial Regex Total();
}
