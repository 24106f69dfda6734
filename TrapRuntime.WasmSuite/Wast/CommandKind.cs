namespace TrapRuntime.WasmSuite.Wast;

/// <summary>The commands of a script.</summary>
internal enum CommandKind
{
    /// <summary>Instantiates a module.</summary>
    Module,

    /// <summary>Gives an instance a name to import it by.</summary>
    Register,

    /// <summary>Calls a function or looks at a global.</summary>
    Action,

    /// <summary>The action must give these results.</summary>
    AssertReturn,

    /// <summary>The action must trap with this message.</summary>
    AssertTrap,

    /// <summary>The action must use up its stack.</summary>
    AssertExhaustion,

    /// <summary>The module must trap while it is instantiated.</summary>
    AssertUninstantiable,

    /// <summary>The module's imports must not be satisfied, for this reason.</summary>
    AssertUnlinkable,

    /// <summary>The module must be refused before it is instantiated: malformed or invalid.</summary>
    AssertRefused,

    /// <summary>Something this program does not know.</summary>
    Unknown,
}
