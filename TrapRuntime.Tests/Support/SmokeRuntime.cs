namespace TrapRuntime.Tests.Support;

/// <summary>What runs the smoke program.</summary>
public enum SmokeRuntime
{
    /// <summary>The NativeAOT executable.</summary>
    NativeAot,

    /// <summary>The same program on CoreCLR.</summary>
    CoreClr,
}
