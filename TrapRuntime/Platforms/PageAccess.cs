namespace TrapRuntime.Platforms;

/// <summary>What a page allows. There is no member that is writable and executable at once.</summary>
internal enum PageAccess
{
    /// <summary>Every access faults.</summary>
    None,

    /// <summary>Data: loads and stores.</summary>
    ReadWrite,

    /// <summary>Code: loads and instruction fetches.</summary>
    ReadExecute,
}
