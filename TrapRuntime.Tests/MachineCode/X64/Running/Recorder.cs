using System.Runtime.InteropServices;
using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.Tests.MachineCode.X64.Running;

/// <summary>A native function that writes down how it was called, ruins what a callee may ruin, and answers.</summary>
internal sealed unsafe class Recorder : IDisposable
{
    private const ulong Garbage = 0xDEAD_0000_DEAD;
    private const int FirstVectorToRuin = 2;

    private readonly CodeBuffer _buffer;
    private readonly GuestCode? _registration;

    /// <summary>Makes a recorder that reads so many words off its stack.</summary>
    internal Recorder(int stackWords = 0, bool isGuest = false)
    {
        Record = (CallRecord*)NativeMemory.AllocZeroed((nuint)sizeof(CallRecord));
        Record->Result = 0x1111_2222_3333_4444;
        Record->SecondResult = 0x5555_6666_7777_8888;
        Record->VectorResult = 0x3FF0_0000_0000_0123;
        Record->SecondVectorResult = 0x4000_0000_0000_0456;
        _buffer = CodeBuffer.TryCreate(Code(stackWords))!;
        _registration = isGuest ? GuestCode.Register(_buffer.Start, _buffer.Length) : null;
    }

    internal CallRecord* Record { get; }

    internal nint Address => _buffer.Start;

    internal ulong[] General => new ReadOnlySpan<ulong>(Record->General, CallRecord.Generals).ToArray();

    internal ulong[] Vector => new ReadOnlySpan<ulong>(Record->Vector, CallRecord.Vectors).ToArray();

    internal ulong[] Stack(int words) => new ReadOnlySpan<ulong>(Record->Stack, words).ToArray();

    public void Dispose()
    {
        _registration?.Dispose();
        _buffer.Dispose();
        NativeMemory.Free(Record);
    }

    private static int Offset(string field) => (int)Marshal.OffsetOf<CallRecord>(field);

    private byte[] Code(int stackWords)
    {
        X64Emitter e = new();
        e.Push(Reg64.Rax);
        e.Move(Reg64.Rax, (nint)Record);
        e.AddMemory(Reg64.Rax, Offset(nameof(CallRecord.Calls)), 1);
        for (int i = 0; i < CallRecord.Generals; i++)
        {
            e.Store(Reg64.Rax, Offset(nameof(CallRecord.General)) + (i * sizeof(ulong)), SystemVArguments.General[i]);
        }

        for (int i = 0; i < CallRecord.Vectors; i++)
        {
            e.StoreDouble(Reg64.Rax, Offset(nameof(CallRecord.Vector)) + (i * sizeof(ulong)), SystemVArguments.Vector[i]);
        }

        e.Pop(Reg64.Rcx);
        e.Store(Reg64.Rax, Offset(nameof(CallRecord.Rax)), Reg64.Rcx);
        e.Store(Reg64.Rax, Offset(nameof(CallRecord.StackPointer)), Reg64.Rsp);
        e.StoreMxcsr(Reg64.Rax, Offset(nameof(CallRecord.Mxcsr)));
        e.StoreX87Control(Reg64.Rax, Offset(nameof(CallRecord.X87)));
        e.PushFlags();
        e.Pop(Reg64.Rcx);
        e.Store(Reg64.Rax, Offset(nameof(CallRecord.Flags)), Reg64.Rcx);
        for (int i = 0; i < stackWords; i++)
        {
            e.Load(Reg64.Rcx, Reg64.Rsp, sizeof(ulong) * (i + 1));
            e.Store(Reg64.Rax, Offset(nameof(CallRecord.Stack)) + (i * sizeof(ulong)), Reg64.Rcx);
        }

        Reg64[] ruined = [Reg64.Rcx, Reg64.Rsi, Reg64.Rdi, Reg64.R8, Reg64.R9, Reg64.R10, Reg64.R11];
        foreach (Reg64 register in ruined)
        {
            e.Move(register, Garbage + (ulong)register);
        }

        for (Xmm vector = (Xmm)FirstVectorToRuin; vector <= Xmm.Xmm15; vector++)
        {
            e.MoveFromGeneral(vector, Reg64.Rcx);
        }

        e.Load(Reg64.Rdx, Reg64.Rax, Offset(nameof(CallRecord.SecondResult)));
        e.LoadDouble(Xmm.Xmm0, Reg64.Rax, Offset(nameof(CallRecord.VectorResult)));
        e.LoadDouble(Xmm.Xmm1, Reg64.Rax, Offset(nameof(CallRecord.SecondVectorResult)));
        e.Load(Reg64.Rax, Reg64.Rax, Offset(nameof(CallRecord.Result)));
        e.Return();
        return e.Finish();
    }
}
