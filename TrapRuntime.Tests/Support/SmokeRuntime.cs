namespace TrapRuntime.Tests.Support;

/// <summary>What the smoke program runs on.</summary>
public enum SmokeRuntime
{
    NativeAot,
    CoreClr,
}
