using System.Globalization;
using TrapRuntime.Activations;

namespace TrapRuntime.AotSmoke.Memory;

/// <summary>What the kernel says about this process's memory: /proc/self/smaps.</summary>
internal static class ProcessMaps
{
    private const long BytesPerKilobyte = 1024;

    /// <summary>Reads the parts of every mapping that lie in a range.</summary>
    internal static List<ProcessMapping> In(nuint start, nuint end) =>
        [.. Read().Where(mapping => mapping.Start < end && start < mapping.End)];

    /// <summary>Counts the resident bytes of stacks.</summary>
    internal static long ResidentBytes(params IEnumerable<StackMapping> stacks)
    {
        HashSet<nuint> limits = [];
        foreach (StackMapping stack in stacks)
        {
            limits.Add(stack.Limit);
        }

        long bytes = 0;
        foreach (ProcessMapping mapping in Read())
        {
            bytes += limits.Contains(mapping.Start) ? mapping.ResidentBytes : 0;
        }

        return bytes;
    }

    private static IEnumerable<ProcessMapping> Read()
    {
        ProcessMapping? current = null;
        foreach (string line in File.ReadLines("/proc/self/smaps"))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (!words[0].EndsWith(':'))
            {
                if (current is not null)
                {
                    yield return current;
                }

                string[] ends = words[0].Split('-');
                current = new ProcessMapping(ParseAddress(ends[0]), ParseAddress(ends[1]), words[1], 0, "");
            }
            else if (words[0] == "Rss:")
            {
                current = current! with { ResidentBytes = long.Parse(words[1], CultureInfo.InvariantCulture) * BytesPerKilobyte };
            }
            else if (words[0] == "VmFlags:")
            {
                current = current! with { Flags = line };
            }
        }

        if (current is not null)
        {
            yield return current;
        }
    }

    private static nuint ParseAddress(string text) => nuint.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
