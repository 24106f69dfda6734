namespace TrapRuntime.WasmSuite.Reports;

/// <summary>What came of a script.</summary>
internal sealed class ScriptReport(string name)
{
    private readonly List<(int Line, string What)> _failures = [];
    private readonly List<(int Line, string Reason)> _skips = [];

    /// <summary>Gets the file's name.</summary>
    internal string Name => name;

    /// <summary>Gets or sets the commands carried out, assertions or not.</summary>
    internal int Commands { get; set; }

    /// <summary>Gets the assertions that held in a guest.</summary>
    internal int Passed { get; private set; }

    /// <summary>Gets the modules that wabt refused, as the script demands: nothing runs for those.</summary>
    internal int RefusedByTool { get; private set; }

    /// <summary>Gets what did not hold.</summary>
    internal IReadOnlyList<(int Line, string What)> Failures => _failures;

    /// <summary>Gets what was not run.</summary>
    internal IReadOnlyList<(int Line, string Reason)> Skips => _skips;

    /// <summary>Counts an assertion.</summary>
    internal void Judge(bool holds, int line, string otherwise)
    {
        if (holds)
        {
            Passed++;
        }
        else
        {
            Fail(line, otherwise);
        }
    }

    /// <summary>Counts something that did not hold.</summary>
    internal void Fail(int line, string what) => _failures.Add((line, what));

    /// <summary>Counts something that was not run.</summary>
    internal void Skip(int line, string reason) => _skips.Add((line, reason));

    /// <summary>Counts a module that wabt refused.</summary>
    internal void PassByTool() => RefusedByTool++;

    /// <summary>Adds another run of the same script. What wabt refuses and what cannot run is the same each time, and counts once.</summary>
    internal void Add(ScriptReport other)
    {
        Commands += other.Commands;
        Passed += other.Passed;
        RefusedByTool = Math.Max(RefusedByTool, other.RefusedByTool);
        _failures.AddRange(other._failures);
        if (_skips.Count == 0)
        {
            _skips.AddRange(other._skips);
        }
    }
}
