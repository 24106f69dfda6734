namespace TrapRuntime.Calls;

/// <summary>The kinds of places for arguments.</summary>
internal enum ArgumentStorage
{
    /// <summary>An integer register.</summary>
    General,

    /// <summary>A floating-point register.</summary>
    Vector,

    /// <summary>An 8-byte word on the stack.</summary>
    Stack,
}
