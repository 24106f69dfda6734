using System.Runtime.InteropServices;
using TrapRuntime.Activations;

namespace TrapRuntime.Tests.Support;

/// <summary>
/// A guest that never ran: an activation whose stack the test writes by hand, between two words that no walk may read. The words are
/// numbered from the lowest usable one.
/// </summary>
internal sealed unsafe class FakeGuest : IDisposable
{
    private const nuint GuardBytes = 0x1000;
    private readonly nuint* _memory;

    internal FakeGuest(int words)
    {
        Words = words;
        _memory = (nuint*)NativeMemory.AllocZeroed((nuint)words + 2, (nuint)sizeof(nuint));
        Activation = (Activation*)NativeMemory.AllocZeroed((nuint)sizeof(Activation));
        Activation->GuestStackLimit = AddressOf(0);
        Activation->GuestStackTop = AddressOf(words);
        Activation->GuestGuardStart = AddressOf(0) - GuardBytes;
        Process = (ProcessBlock*)NativeMemory.AllocZeroed((nuint)sizeof(ProcessBlock));
        Process->ExitLabel = 0xE0E0;
        Process->ThunksStart = 0xE000;
        Process->ThunksEnd = 0xF000;
        Thread = (ThreadBlock*)NativeMemory.AllocZeroed((nuint)sizeof(ThreadBlock));
        Thread->Process = Process;
        Thread->Innermost = Activation;
        Activation->Thread = Thread;
    }

    internal int Words { get; }

    internal Activation* Activation { get; }

    internal ProcessBlock* Process { get; }

    internal ThreadBlock* Thread { get; }

    internal nuint AddressOf(int word) => (nuint)(_memory + 1 + word);

    internal Span<nuint> Stack => new(_memory + 1, Words);

    /// <summary>Writes a frame: the caller's frame at another word, and the address that the callee returns to.</summary>
    internal void Frame(int word, int callerWord, nuint returnAddress)
    {
        Stack[word] = AddressOf(callerWord);
        Stack[word + 1] = returnAddress;
    }

    public void Dispose()
    {
        NativeMemory.Free(_memory);
        NativeMemory.Free(Activation);
        NativeMemory.Free(Process);
        NativeMemory.Free(Thread);
    }
}
