namespace TrapRuntime.Tests.MachineCode.X64.Running;

/// <summary>How a test guest ends.</summary>
public enum GuestEnd
{
    Return,
    NullRead,
    UndefinedInstruction,
    TrapInstruction,
    DivideByZero,
    BusError,
    CallToNull,
    StackOverflow,
    NativeRaise,
    InterruptedWhileRunning,
    InterruptedAtTheDoor,
    InterruptedInHostFunction,
    RaisedByHostFunction,
}
