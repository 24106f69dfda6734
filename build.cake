// Orders plain dotnet commands and prints each one, so that any of them can be repeated by hand.
//   dotnet cake build.cake --target=Build|Test|TestWasm|AotSmoke|Bench|Pack|Clean|Default [--arguments="..."]
// `--arguments` goes, as written, to the program that the target is about: the test runner, the smoke, the bench.
// That program owns standard output; everything on the way to it is reported on standard error.

#nullable enable

using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;

const string Library = "TrapRuntime";
const string Smoke = "TrapRuntime.AotSmoke";
const string Tests = "TrapRuntime.Tests";
const string Wasm = "TrapRuntime.WasmSuite";
const string Solution = "TrapRuntime.slnx";
const string SmokeAotVariable = "TRAPRUNTIME_SMOKE_AOT"; // read by the tests: the NativeAOT executable
const string SmokeClrVariable = "TRAPRUNTIME_SMOKE_CLR"; // read by the tests: the same program for `dotnet`, under CoreCLR
const long SmokeSizeLimit = 3_000_000; // bytes; a library for the bottom of the stack must not pull the framework in

var target = Argument("target", "Default");
var configuration = Argument("configuration", "Release");
var programArguments = Argument("arguments", "").Trim();

var os = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
var libc = RuntimeInformation.RuntimeIdentifier.Contains("musl") || RuntimeInformation.RuntimeIdentifier.Contains("alpine") ? "-musl" : "";
var rid = $"{os}{libc}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";
var aotFramework = os == "win" ? "net10.0" : "net9.0"; // see TrapRuntime.AotSmoke.csproj

var root = Context.Environment.WorkingDirectory.FullPath;
var packages = System.IO.Path.Combine(root, "artifacts", "packages");
var smokeFolder = System.IO.Path.Combine(root, "artifacts", "smoke", rid);
var smokeAot = System.IO.Path.Combine(smokeFolder, Smoke + (os == "win" ? ".exe" : ""));
var wasmFolder = System.IO.Path.Combine(root, "artifacts", "wasm", rid);
var wasmAot = System.IO.Path.Combine(wasmFolder, Wasm + (os == "win" ? ".exe" : ""));
var wasmClr = System.IO.Path.Combine(root, Wasm, "bin", configuration, "net10.0", Wasm + ".dll");
var wasmWork = System.IO.Path.Combine(root, "artifacts", "wasm", "work"); // compiled modules, found again by content
var smokeClr = System.IO.Path.Combine(root, Smoke, "bin", configuration, "net10.0", Smoke + ".dll");

// Runs a step on the way: its output goes to standard error. Returns what it printed.
List<string> Step(string command, string arguments)
{
    Console.Error.WriteLine($"> {command} {arguments}");
    var lines = new List<string>();
    string? Keep(string? line)
    {
        if (line is null) return null;
        lock (lines) lines.Add(line);
        Console.Error.WriteLine(line);
        return line;
    }

    var settings = new ProcessSettings
    {
        Arguments = arguments,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        RedirectedStandardOutputHandler = Keep,
        RedirectedStandardErrorHandler = Keep,
    };
    using var process = StartAndReturnProcess(command, settings);
    process.WaitForExit();
    Require(process.GetExitCode(), $"{command} {arguments}");
    return lines;
}

// Runs the program that the target is about; it inherits standard output.
void Program(string command, string arguments, Dictionary<string, string?>? environment = null)
{
    arguments = $"{arguments} {programArguments}".TrimEnd();
    var variables = environment is null ? "" : string.Concat(environment.Select(pair => $"{pair.Key}={pair.Value} "));
    Console.Error.WriteLine($"> {variables}{command} {arguments}");
    Require(StartProcess(command, new ProcessSettings { Arguments = arguments, EnvironmentVariables = environment }), $"{command} {arguments}");
}

// Runs a program whose last line is "N passed, N failed[, N skipped]", shows what it prints, and adds the counts up.
void Count(string command, string arguments, int[] totals)
{
    Console.Error.WriteLine($"> {command} {arguments}");
    Match closing = Match.Empty;
    string? Show(string? line)
    {
        if (line is null) return null;
        var match = Regex.Match(line, @"^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$");
        if (match.Success) closing = match;
        Console.WriteLine(line);
        return line;
    }

    using var process = StartAndReturnProcess(command, new ProcessSettings
    {
        Arguments = arguments,
        RedirectStandardOutput = true,
        RedirectedStandardOutputHandler = Show,
    });
    process.WaitForExit();
    for (var i = 0; i < totals.Length; i++)
    {
        totals[i] += int.TryParse(closing.Groups[i + 1].Value, out var count) ? count : 0;
    }

    var hasFailures = closing.Success && closing.Groups[2].Value != "0";
    if (process.GetExitCode() != 0 && !hasFailures)
    {
        Console.WriteLine($"exit code {process.GetExitCode()}: {command} {arguments}");
        totals[1]++;
    }
}

void Require(int exitCode, string command)
{
    if (exitCode != 0) Fail(exitCode, $"Exit code {exitCode}: {command}");
}

void Check(bool holds, string otherwise)
{
    if (!holds) Fail(1, otherwise);
}

// Ends at once: Cake turns every failure into exit code 1 and prints its table behind the program's own output.
void Fail(int exitCode, string message)
{
    Console.Error.WriteLine(message);
    Environment.Exit(exitCode);
}

Task("Clean").Does(() =>
{
    Step("dotnet", $"clean {Solution} -c {configuration} -v q");
    CleanDirectory("artifacts");
});

Task("Build").Does(() => Step("dotnet", $"build {Solution} -c {configuration} -v q"));

// Warnings are errors, so a trim or AOT warning ends the publish; the look at its output also catches one that somebody demoted.
Task("PublishSmoke").Does(() =>
{
    var output = Step("dotnet", $"publish {Smoke} -c {configuration} -f {aotFramework} -r {rid} -o \"{smokeFolder}\" -v q");
    var warning = output.FirstOrDefault(line => Regex.IsMatch(line, @"\b(warning|error|info)\b.*\bIL\d{4}\b"));
    Check(warning is null, $"The publish printed a trim or AOT warning: {warning}");
    var size = new FileInfo(smokeAot).Length;
    Check(size < SmokeSizeLimit, $"{smokeAot} has {size} bytes, the limit is {SmokeSizeLimit}.");
    Console.Error.WriteLine($"{smokeAot}: {size} bytes, no trim or AOT warning");
});

Task("AotSmoke").IsDependentOn("PublishSmoke").Does(() => Program(smokeAot, "smoke"));

Task("Bench").IsDependentOn("PublishSmoke").Does(() => Program(smokeAot, "bench"));

Task("Test").IsDependentOn("PublishSmoke").IsDependentOn("Build").Does(() =>
    Program("dotnet", $"test --project {Tests} -c {configuration} --no-build", new()
    {
        [SmokeAotVariable] = smokeAot,
        [SmokeClrVariable] = smokeClr,
    }));

Task("PublishWasm").Does(() =>
{
    var output = Step("dotnet", $"publish {Wasm} -c {configuration} -f net9.0 -r {rid} -o \"{wasmFolder}\" -v q");
    var warning = output.FirstOrDefault(line => Regex.IsMatch(line, @"\b(warning|error|info)\b.*\bIL\d{4}\b"));
    Check(warning is null, $"The publish printed a trim or AOT warning: {warning}");
    Step("dotnet", $"build {Wasm} -c {configuration} -f net10.0 -v q");
});

// Without arguments: the supplied scripts in sequence and on four threads at once, and the native libraries. Under both runtimes.
Task("TestWasm").IsDependentOn("PublishWasm").Does(() =>
{
    var scripts = $"\"{System.IO.Path.Combine(root, Wasm, "Official")}\" \"{System.IO.Path.Combine(root, Wasm, "Scripts")}\"";
    var runs = programArguments.Length > 0 ? new[] { programArguments } : new[] { scripts, $"--threads 4 {scripts}", "native" };
    var totals = new int[3];
    foreach (var arguments in runs)
    {
        Count(wasmAot, $"--work \"{wasmWork}\" {arguments}", totals);
        Count("dotnet", $"\"{wasmClr}\" --work \"{wasmWork}\" {arguments}", totals);
    }

    Console.WriteLine($"{totals[0]} passed, {totals[1]} failed" + (totals[2] > 0 ? $", {totals[2]} skipped" : ""));
    if (totals[1] > 0) Environment.Exit(1);
});

Task("Pack").Does(() =>
{
    CleanDirectory(packages);
    Step("dotnet", $"pack {Library} -c {configuration} -o \"{packages}\" -v q");
    var package = System.IO.Directory.GetFiles(packages, "*.nupkg").Single();
    Check(System.IO.Directory.GetFiles(packages, "*.snupkg").Length == 1, "The symbol package is missing.");

    using var archive = ZipFile.OpenRead(package);
    using var manifest = archive.GetEntry($"{Library}.nuspec")!.Open();
    var metadata = XDocument.Load(manifest).Root!.Elements().Single(element => element.Name.LocalName == "metadata");
    string? Value(string name) => metadata.Elements().FirstOrDefault(element => element.Name.LocalName == name)?.Value;

    Check(!metadata.Descendants().Any(element => element.Name.LocalName is "dependency" or "frameworkReference"), "The package has dependencies.");
    Check(metadata.Elements().Any(element => element.Name.LocalName == "license" && element.Value == "MIT" && (string?)element.Attribute("type") == "expression"),
        "The licence expression is not MIT.");
    Check(Value("readme") is { } readme && archive.GetEntry(readme) is not null, "The README is missing.");
    foreach (var framework in new[] { "net9.0", "net10.0" })
    foreach (var extension in new[] { "dll", "xml" })
    {
        Check(archive.GetEntry($"lib/{framework}/{Library}.{extension}") is not null, $"lib/{framework}/{Library}.{extension} is missing.");
    }

    Check(archive.Entries.All(entry => !entry.FullName.StartsWith("runtimes/", StringComparison.Ordinal)), "The package holds native files.");
    Console.WriteLine($"{package}: no dependencies, MIT, README, XML docs for net9.0 and net10.0");
});

Task("Default").IsDependentOn("Test").IsDependentOn("AotSmoke").IsDependentOn("Pack");

RunTarget(target);
