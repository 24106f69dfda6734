namespace TrapRuntime.WasmSuite.Libraries;

/// <summary>What came of a library.</summary>
internal sealed class LibraryReport(string name)
{
    private readonly List<string> _failures = [];

    /// <summary>Gets the library's name.</summary>
    internal string Name => name;

    /// <summary>Gets the number of checks that held.</summary>
    internal int Passed { get; private set; }

    /// <summary>Gets the checks that did not.</summary>
    internal IReadOnlyList<string> Failures => _failures;

    /// <summary>Counts a check.</summary>
    internal void Check(bool holds, string what)
    {
        if (holds)
        {
            Passed++;
        }
        else
        {
            _failures.Add(what);
        }
    }

    /// <summary>Counts a check of two values.</summary>
    internal void Equal<T>(T expected, T given, string what)
        where T : IEquatable<T> => Check(expected.Equals(given), $"{what}: {expected} expected, {given}");
}
