using System.Runtime.InteropServices;
using FluentAssertions;
using TrapRuntime.Activations;
using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;
using TrapRuntime.Signals;
using TrapRuntime.Tests.MachineCode.X64.Running;
using Xunit;

namespace TrapRuntime.Tests.MachineCode.X64;

[Collection(ThunksCollection.Name)]
public sealed unsafe class FindThreadBlockTests
{
    private const int Vectors = 8;

    /// <summary>The registers that may carry a call's arguments or an adapter's slot.</summary>
    private static readonly Reg64[] s_kept =
        [Reg64.Rdi, Reg64.Rsi, Reg64.Rdx, Reg64.Rcx, Reg64.R8, Reg64.R9, Reg64.R10, Reg64.R11, .. CalleeSaved.Registers];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Prepared_thread_finds_its_block_and_keeps_every_argument(bool asks)
    {
        nint block = (nint)ThreadSetup.Ensure();

        (nint found, ulong[] after) = Run(Access(asks));

        found.Should().Be(block);
        after.Should().Equal(Enumerable.Range(0, s_kept.Length + Vectors).Select(Value));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Thread_without_a_block_is_told_so(bool asks)
    {
        ThreadBlockAccess access = Access(asks);
        nint found = -1;
        Thread thread = new(() => found = Run(access).Found);

        thread.Start();
        thread.Join();

        found.Should().Be(0);
    }

    [Fact]
    public void Value_of_an_earlier_key_in_the_same_place_is_not_believed()
    {
        ThreadSetup.Ensure();
        ThreadBlockAccess access = Access(asks: false);

        Run(access with { Sequence = access.Sequence + 2 }).Found.Should().Be(0);
    }

    private static ThreadBlockAccess Access(bool asks)
    {
        ThreadBlockAccess access = default;
        Thread thread = new(() => access = ThreadBlockFinder.Find(TrapPath.Ensure().ThreadKey));
        thread.Start();
        thread.Join();
        access.IsInline.Should().BeTrue("glibc keeps the value where it is looked for");
        return asks ? new ThreadBlockAccess { Subroutine = access.Subroutine } : access;
    }

    private static (nint Found, ulong[] After) Run(ThreadBlockAccess access)
    {
        int count = s_kept.Length + Vectors;
        ulong* after = (ulong*)NativeMemory.AllocZeroed((nuint)count, sizeof(ulong));
        using CodeBuffer code = CodeBuffer.TryCreate(Code(access, after))!;
        nint found = ((delegate* unmanaged<nint>)code.Start)();
        ulong[] copy = new ReadOnlySpan<ulong>(after, count).ToArray();
        NativeMemory.Free(after);
        return (found, copy);
    }

    private static ulong Value(int i) => 0x7000_0000_0000_0000 + (ulong)i;

    private static byte[] Code(ThreadBlockAccess access, ulong* after)
    {
        X64Emitter e = new();
        CodeLabel missing = e.NewLabel();
        CodeLabel found = e.NewLabel();
        foreach (Reg64 register in CalleeSaved.Registers)
        {
            e.Push(register);
        }

        for (int i = 0; i < Vectors; i++)
        {
            e.Move(Reg64.Rax, Value(s_kept.Length + i));
            e.MoveFromGeneral((Xmm)i, Reg64.Rax);
        }

        for (int i = 0; i < s_kept.Length; i++)
        {
            e.Move(s_kept[i], Value(i));
        }

        FindThreadBlock.Emit(e, access, missing);
        e.Jump(found);
        e.Bind(missing);
        e.Zero(Reg64.Rax);
        e.Bind(found);
        e.Push(Reg64.Rax);
        e.Move(Reg64.Rax, (nint)after);
        for (int i = 0; i < s_kept.Length; i++)
        {
            e.Store(Reg64.Rax, i * sizeof(ulong), s_kept[i]);
        }

        for (int i = 0; i < Vectors; i++)
        {
            e.StoreDouble(Reg64.Rax, (s_kept.Length + i) * sizeof(ulong), (Xmm)i);
        }

        e.Pop(Reg64.Rax);
        foreach (Reg64 register in CalleeSaved.Registers.Reverse())
        {
            e.Pop(register);
        }

        e.Return();
        return e.Finish();
    }
}
