namespace TrapRuntime.MachineCode.X64;

/// <summary>The operations that share one encoding pattern, valued as that pattern numbers them ("group 1").</summary>
internal enum ArithmeticOperation : byte
{
    Add = 0,
    Or = 1,
    And = 4,
    Subtract = 5,
    Xor = 6,
    Compare = 7,
}
