namespace TrapRuntime.WasmSuite.Instances;

/// <summary><c>struct suite_host</c> of <c>suite.h</c>.</summary>
internal struct SuiteHostTable()
{
    internal nint RaiseTrap;
    internal nint RegisterType;
    internal nint AllocateMemory;
    internal nint GrowMemory;
    internal nint FreeMemory;
    internal nint AllocateTable;
    internal nint GrowTable;
    internal nint FreeTable;
    internal uint LastIndirectIndex = 0; // written by guests
}
