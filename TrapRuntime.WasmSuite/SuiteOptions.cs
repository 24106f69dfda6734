using System.Globalization;

namespace TrapRuntime.WasmSuite;

/// <summary>The command line.</summary>
internal sealed record SuiteOptions
{
    /// <summary>What the program can be told.</summary>
    internal const string Usage = """
        Usage: TrapRuntime.WasmSuite [--threads N] [--work FOLDER] FILE.wast|FOLDER ...
               TrapRuntime.WasmSuite native [--work FOLDER]
          --threads N     run all scripts on each of N threads at once; default 1
          --work FOLDER   keep compiled modules there and use them again; default: a folder that is deleted at the end
          native          run zlib, sqlite3, a C++ library and qsort as guests
        """;

    /// <summary>Gets the number of threads.</summary>
    internal int Threads { get; private init; } = 1;

    /// <summary>Gets the folder for what the tools make, or null for one that is deleted at the end.</summary>
    internal string? WorkFolder { get; private init; }

    /// <summary>Gets a value indicating whether native libraries run, and not scripts.</summary>
    internal bool RunsLibraries { get; private init; }

    /// <summary>Gets the scripts.</summary>
    internal IReadOnlyList<string> Scripts { get; private init; } = [];

    /// <summary>Reads the command line.</summary>
    /// <exception cref="ArgumentException">It makes no sense.</exception>
    internal static SuiteOptions Parse(string[] arguments)
    {
        SuiteOptions options = new();
        List<string> scripts = [];
        for (int i = 0; i < arguments.Length; i++)
        {
            options = arguments[i] switch
            {
                "--threads" => options with { Threads = Count(Next(arguments, ref i)) },
                "--work" => options with { WorkFolder = Next(arguments, ref i) },
                "native" or "--native" => options with { RunsLibraries = true },
                _ => Add(options, scripts, arguments[i]),
            };
        }

        return options.RunsLibraries == scripts.Count > 0
            ? throw new ArgumentException("Name scripts, or folders of scripts, or 'native'.")
            : options with { Scripts = scripts };
    }

    private static SuiteOptions Add(SuiteOptions options, List<string> scripts, string path)
    {
        if (Directory.Exists(path))
        {
            scripts.AddRange(Directory.EnumerateFiles(path, "*.wast", SearchOption.AllDirectories).Order(StringComparer.Ordinal));
        }
        else if (File.Exists(path))
        {
            scripts.Add(path);
        }
        else
        {
            throw new ArgumentException($"There is no script and no folder '{path}'.");
        }

        return options;
    }

    private static string Next(string[] arguments, ref int index) =>
        ++index < arguments.Length ? arguments[index] : throw new ArgumentException($"{arguments[index - 1]} needs a value.");

    private static int Count(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count is > 0 and <= 64
            ? count
            : throw new ArgumentException($"'{text}' is no number of threads from 1 to 64.");
}
