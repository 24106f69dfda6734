using Xunit;

namespace TrapRuntime.Tests.Support;

/// <summary>Tests that read or change the stacks of the whole process run one at a time, and with nobody beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1711", Justification = "xunit calls it a collection.")]
public sealed class StacksCollection
{
    public const string Name = "Guest stacks";
}
