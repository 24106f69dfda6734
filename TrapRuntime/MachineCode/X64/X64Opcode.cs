namespace TrapRuntime.MachineCode.X64;

/// <summary>
/// Opcodes as the manual prints them, an obligatory prefix (66, F2, F3) and the escape byte 0F included. Several share
/// one: then a digit in ModRM.reg ("FF /2") tells them apart, a named constant beside the emitter's methods.
/// </summary>
internal enum X64Opcode
{
    // General registers and memory.
    PushRegister = 0x50,
    PopRegister = 0x58,
    MoveSignedDoubleword = 0x63,
    PushImmediate32 = 0x68,
    PushImmediate8 = 0x6A,
    ArithmeticImmediate32 = 0x81,
    ArithmeticImmediate8 = 0x83,
    Test = 0x85,
    Exchange = 0x87,
    StoreByte = 0x88,
    Store = 0x89,
    Load = 0x8B,
    Address = 0x8D,
    MoveImmediate = 0xB8,
    ShiftImmediate8 = 0xC1,
    MoveSignedImmediate32 = 0xC7,
    MultiplyAndDivide = 0xF7,
    LoadZeroExtendedByte = 0x0FB6,
    LoadZeroExtendedWord = 0x0FB7,
    MoveIf = 0x0F40,

    // Control.
    Nop = 0x90,
    PushFlags = 0x9C,
    PopFlags = 0x9D,
    Return = 0xC3,
    CallRelative = 0xE8,
    JumpRelative = 0xE9,
    CallAndJump = 0xFF,
    SystemCall = 0x0F05,
    UndefinedInstruction = 0x0F0B,
    JumpIf = 0x0F80,
    UndefinedWithOperands = 0x0FB9,
    Pause = 0xF390,
    BranchTarget = 0xF30F1E,

    // Accumulator and string instructions.
    SignExtendAccumulator = 0x99,
    ClearDirection = 0xFC,
    SetDirection = 0xFD,
    RepeatMoveBytes = 0xF3A4,

    // Floating-point and shadow-stack state.
    X87Control = 0xD9,
    X87Command = 0xDB,
    EmptyX87 = 0x0F77,
    ReadTimeStamp = 0x0F31,
    MxcsrControl = 0x0FAE,
    SystemRegister = 0x0F01,
    ReadShadowStackPointer = BranchTarget,
    IncrementShadowStackPointer = 0xF30FAE,

    // Vectors.
    LoadVector = 0x0F10,
    StoreVector = 0x0F11,
    MoveFromGeneral = 0x660F6E,
    MoveToGeneral = 0x660F7E,
    LoadDouble = 0xF20F10,
    StoreDouble = 0xF20F11,
    LoadSingle = 0xF30F10,
    StoreSingle = 0xF30F11,
}
