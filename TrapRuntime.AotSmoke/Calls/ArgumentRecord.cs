using System.Runtime.InteropServices;
using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Calls;

/// <summary>
/// Unmanaged memory in which emitted code on both sides of a call writes down what it was called with: the six integer registers,
/// the eight vector registers, the stack words. Where a parameter lies is worked out here once more, apart from the library.
/// </summary>
internal sealed unsafe class ArgumentRecord : IDisposable
{
    /// <summary>Offset: the host function that the guest calls.</summary>
    internal const int HostFunction = 0;

    /// <summary>Offset: what the native target returns, in rax and xmm0 alike.</summary>
    internal const int Result = 8;

    /// <summary>Offset: the native target's stack pointer.</summary>
    internal const int TargetStack = 16;

    private const int Header = 24;
    private const int Generals = 6;
    private const int Vectors = 8;
    private const int FirstStackArgument = 16; // above the saved rbp and the return address
    private const ulong Untouched = 0xCCCC_CCCC_CCCC_CCCC;

    private static readonly Reg64[] s_general = [Reg64.Rdi, Reg64.Rsi, Reg64.Rdx, Reg64.Rcx, Reg64.R8, Reg64.R9];

    private readonly ulong* _memory;
    private readonly int _words;

    internal ArgumentRecord(ReadOnlySpan<GuestValueKind> parameters)
    {
        Places = new int[parameters.Length];
        int general = 0;
        int vector = 0;
        for (int i = 0; i < parameters.Length; i++)
        {
            bool isFloat = parameters[i] is GuestValueKind.Float32 or GuestValueKind.Float64;
            Places[i] = isFloat && vector < Vectors ? Generals + vector++
                : !isFloat && general < Generals ? general++
                : Generals + Vectors + StackWords++;
        }

        _words = Generals + Vectors + StackWords;
        _memory = (ulong*)NativeMemory.AllocZeroed((nuint)(Header + (2 * _words * sizeof(ulong))));
    }

    /// <summary>Gets the place of each parameter, an index into either side's words.</summary>
    internal int[] Places { get; }

    /// <summary>Gets the number of words on the stack.</summary>
    internal int StackWords { get; }

    /// <summary>Gets the address of the record.</summary>
    internal nint Address => (nint)_memory;

    /// <summary>Gets the words that the guest was called with.</summary>
    internal Span<ulong> Guest => new((byte*)_memory + Header, _words);

    /// <summary>Gets the words that the native target was called with.</summary>
    internal Span<ulong> Target => new((byte*)_memory + Header + (_words * sizeof(ulong)), _words);

    /// <summary>Gets a word of the header.</summary>
    internal ref ulong this[int offset] => ref *(ulong*)((byte*)_memory + offset);

    /// <summary>Whether a place is a vector register.</summary>
    internal static bool IsVector(int place) => place is >= Generals and < Generals + Vectors;

    /// <summary>Whether a place is on the stack.</summary>
    internal static bool IsOnStack(int place) => place >= Generals + Vectors;

    /// <summary>The integer register of a place.</summary>
    internal static Reg64 GeneralOf(int place) => s_general[place];

    /// <summary>The vector register of a place.</summary>
    internal static Xmm VectorOf(int place) => (Xmm)(place - Generals);

    /// <summary>The offset from rbp, in a function with a frame, of a place on the stack.</summary>
    internal static int FrameOffsetOf(int place) => FirstStackArgument + ((place - Generals - Vectors) * sizeof(ulong));

    /// <summary>Forgets what either side wrote.</summary>
    internal void Clear()
    {
        Guest.Fill(Untouched);
        Target.Fill(Untouched);
    }

    /// <summary>Emits what writes all words of one side down, in a function with a frame and the record's address in rbx. Clobbers rax.</summary>
    internal void WriteSpill(X64Emitter e, bool target)
    {
        int at = Header + (target ? _words * sizeof(ulong) : 0);
        for (int place = 0; place < _words; place++, at += sizeof(ulong))
        {
            if (IsVector(place))
            {
                e.StoreDouble(Reg64.Rbx, at, VectorOf(place));
            }
            else if (IsOnStack(place))
            {
                e.Load(Reg64.Rax, Reg64.Rbp, FrameOffsetOf(place));
                e.Store(Reg64.Rbx, at, Reg64.Rax);
            }
            else
            {
                e.Store(Reg64.Rbx, at, GeneralOf(place));
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => NativeMemory.Free(_memory);
}
