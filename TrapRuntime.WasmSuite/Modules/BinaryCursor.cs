using System.Text;

namespace TrapRuntime.WasmSuite.Modules;

/// <summary>Reads a module's binary from front to back.</summary>
internal sealed class BinaryCursor(byte[] binary, int position)
{
    private const byte EndInstruction = 0x0B;
    private const byte GlobalGet = 0x23;
    private const byte I32Const = 0x41;
    private const byte I64Const = 0x42;
    private const byte F32Const = 0x43;
    private const byte F64Const = 0x44;
    private const byte RefNull = 0xD0;
    private const byte RefFunc = 0xD2;
    private const byte VectorPrefix = 0xFD;
    private const int VectorBytes = 16;
    private const byte MoreBytes = 0x80;
    private const byte SevenBits = 0x7F;
    private const int BitsPerByte = 7;

    /// <summary>Gets or sets the offset of the next byte.</summary>
    internal int Position { get; set; } = position;

    /// <summary>Gets a value indicating whether everything has been read.</summary>
    internal bool IsAtEnd => Position >= binary.Length;

    /// <summary>Reads a byte.</summary>
    internal byte Byte() => binary[Position++];

    /// <summary>Reads an unsigned LEB128 number.</summary>
    internal uint Unsigned()
    {
        uint value = 0;
        for (int shift = 0; ; shift += BitsPerByte)
        {
            byte next = Byte();
            value |= (uint)(next & SevenBits) << shift;
            if ((next & MoreBytes) == 0)
            {
                return value;
            }
        }
    }

    /// <summary>Reads a name.</summary>
    internal string Text()
    {
        int length = (int)Unsigned();
        string text = Encoding.UTF8.GetString(binary, Position, length);
        Position += length;
        return text;
    }

    /// <summary>Skips the expression that initialises a global.</summary>
    internal void SkipConstantExpression()
    {
        for (byte instruction = Byte(); instruction != EndInstruction; instruction = Byte())
        {
            switch (instruction)
            {
                case I32Const or I64Const or GlobalGet or RefNull or RefFunc:
                    SkipNumber();
                    break;
                case F32Const:
                    Position += sizeof(float);
                    break;
                case F64Const:
                    Position += sizeof(double);
                    break;
                case VectorPrefix:
                    SkipNumber();
                    Position += VectorBytes;
                    break;
            }
        }
    }

    private void SkipNumber()
    {
        while ((Byte() & MoreBytes) != 0)
        {
        }
    }
}
