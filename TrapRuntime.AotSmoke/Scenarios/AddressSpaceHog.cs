using TrapRuntime.Platforms;

namespace TrapRuntime.AotSmoke.Scenarios;

/// <summary>Takes all address space that the limit leaves, in ever smaller chunks, and gives it back.</summary>
internal sealed class AddressSpaceHog : IDisposable
{
    /// <summary>The chunks that it begins with, in bytes.</summary>
    internal const nuint LargestChunk = 32 * 1024 * 1024;

    private const int MostChunks = 1000;

    private readonly nint[] _starts = new nint[MostChunks];
    private readonly nuint[] _lengths = new nuint[MostChunks];
    private int _count;

    /// <summary>Initializes a new instance of the <see cref="AddressSpaceHog"/> class: leaves less than the smallest chunk.</summary>
    internal AddressSpaceHog(nuint smallestChunk)
    {
        for (nuint length = LargestChunk; length >= smallestChunk; length /= 2)
        {
            for (nint start = PlatformMemory.Current.Reserve(length); start != 0; start = PlatformMemory.Current.Reserve(length))
            {
                _starts[_count] = start;
                _lengths[_count++] = length;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        for (; _count > 0; _count--)
        {
            PlatformMemory.Current.Release(_starts[_count - 1], _lengths[_count - 1]);
        }
    }
}
