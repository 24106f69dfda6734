using Xunit;

namespace TrapRuntime.Tests.MachineCode.X64.Running;

/// <summary>Tests that put probes into the process's own thunks run with nobody beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1711", Justification = "xunit calls it a collection.")]
public sealed class ThunksCollection
{
    public const string Name = "Running thunks";
}
