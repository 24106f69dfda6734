using System.Runtime.InteropServices;
using TrapRuntime.Activations;

namespace TrapRuntime.Signals;

/// <summary>Prepares the line about a rejected fault, so that the handler only has to add the address.</summary>
internal static unsafe class RejectedText
{
    /// <summary>An address in hexadecimal, and a line feed.</summary>
    private const int Tail = (sizeof(ulong) * 2) + 1;

    private static ReadOnlySpan<byte> Text =>
        "TrapRuntime: a fault on a guest stack is not a trap: policy RegisteredCode, but no GuestCode holds the program counter 0x"u8;

    /// <summary>Copies the text into unmanaged memory.</summary>
    internal static void Publish(ProcessBlock* block)
    {
        if (Text.Length + Tail > ThreadBlock.MessageCapacity)
        {
            throw new InvalidOperationException("The rejected-fault text does not fit a thread's message.");
        }

        block->RejectedText = (byte*)NativeMemory.Alloc((nuint)Text.Length);
        Text.CopyTo(new Span<byte>(block->RejectedText, Text.Length));
        block->RejectedTextLength = Text.Length;
    }
}
