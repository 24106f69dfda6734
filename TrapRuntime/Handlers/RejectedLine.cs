// Runs inside a signal handler. Rules: ARCHITECTURE.md, "Inside". No lock, no new, no throw.
using System.Runtime.CompilerServices;
using TrapRuntime.Activations;

namespace TrapRuntime.Handlers;

/// <summary>Composes the line about a fault that rose on a guest stack from code nobody announced; the gate prints it.</summary>
internal static unsafe class RejectedLine
{
    private const int BitsPerDigit = 4;
    private const uint DigitMask = 0xF;
    private const uint Ten = 10;

    /// <summary>Writes the prepared text, the program counter in hexadecimal, and a line feed into the thread's message.</summary>
    /// <safety>The text fits <see cref="ThreadBlock.MessageCapacity"/> less one address and a line feed (checked when it was made).</safety>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Write(ThreadBlock* thread, nuint programCounter)
    {
        byte* text = thread->Process->RejectedText;
        nint length = thread->Process->RejectedTextLength;
        byte* to = thread->Message;
        for (nint i = 0; i < length; i++)
        {
            *to++ = text[i];
        }

        for (int shift = (sizeof(nuint) * 8) - BitsPerDigit; shift >= 0; shift -= BitsPerDigit)
        {
            uint digit = (uint)(programCounter >> shift) & DigitMask;
            *to++ = (byte)(digit < Ten ? '0' + digit : 'a' + digit - Ten);
        }

        *to++ = (byte)'\n';
        thread->MessageLength = (int)(to - thread->Message);
    }
}
