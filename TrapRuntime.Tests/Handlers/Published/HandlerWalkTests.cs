using FluentAssertions;
using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;
using Xunit;

namespace TrapRuntime.Tests.Handlers.Published;

/// <summary>The check of published handlers finds each thing it is there for.</summary>
public sealed class HandlerWalkTests
{
    private const string Handler = "TrapRuntime_TrapRuntime_Handlers_Bad__Function";
    private const string Helper = "TrapRuntime_TrapRuntime_Platforms_Helper";

    [Fact]
    public void Pointer_arithmetic_passes() => Wrong(e =>
    {
        e.Push(Reg64.Rbx);
        e.Load(Reg64.Rax, Reg64.Rdi, 8);
        e.Store(Reg64.Rsi, 16, Reg64.Rax);
        e.Pop(Reg64.Rbx);
        e.Return();
    }).Should().BeEmpty();

    [Fact]
    public void Call_into_the_runtime_is_found()
    {
        FakeImage image = new FakeImage().Add("RhpNewFast", e => e.Return()).AddCaller(Handler, "RhpNewFast");

        HandlerWalk.From(image, Handler).Wrong.Should().ContainSingle().Which.Should().Contain("leaves the handler for RhpNewFast");
    }

    [Fact]
    public void Call_into_the_runtime_is_found_through_a_function_of_ours()
    {
        FakeImage image = new FakeImage().Add("memcpy", e => e.Return()).AddCaller(Helper, "memcpy").AddCaller(Handler, Helper);

        HandlerWalk walk = HandlerWalk.From(image, Handler);

        walk.Reached.Keys.Should().BeEquivalentTo(Handler, Helper);
        walk.Wrong.Should().ContainSingle().Which.Should().Contain("leaves the handler for memcpy");
    }

    [Fact]
    public void Static_constructor_check_is_found()
    {
        const string Check = "__GetNonGCStaticBase_TrapRuntime_TrapRuntime_Platforms_PlatformMemory";
        FakeImage image = new FakeImage().Add(Check, e => e.Return()).AddCaller(Handler, Check);

        HandlerWalk.From(image, Handler).Wrong.Should().ContainSingle().Which.Should().Contain(Check);
    }

    [Fact]
    public void Call_through_a_register_is_found() => Wrong(e => e.Call(Reg64.Rax)).Should().ContainSingle(text => text.Contains("register"));

    [Fact]
    public void Call_through_memory_is_found() => Wrong(e => e.CallMemory(Reg64.Rax, 8)).Should().ContainSingle(text => text.Contains("register"));

    [Fact]
    public void Jump_through_a_register_is_found() => Wrong(e => e.Jump(Reg64.Rax)).Should().ContainSingle(text => text.Contains("register"));

    [Fact]
    public void Thread_local_storage_is_found() =>
        Wrong(e => e.LoadThreadPointerRelative(Reg64.Rax, 0)).Should().ContainSingle(text => text.Contains("thread-local"));

    [Fact]
    public void Static_data_is_found() => Wrong(e =>
    {
        CodeLabel datum = e.NewLabel();
        e.AddressOf(Reg64.Rax, datum);
        e.Return();
        e.Bind(datum);
    }).Should().ContainSingle(text => text.Contains("static data"));

    [Fact]
    public void System_call_is_found() => Wrong(e => e.SystemCall()).Should().ContainSingle(text => text.Contains("no place"));

    [Fact]
    public void Bulk_copy_is_found() => Wrong(e => e.RepeatMoveBytes()).Should().ContainSingle(text => text.Contains("bulk"));

    [Fact]
    public void Large_frame_is_found() =>
        Wrong(e => e.Subtract(Reg64.Rsp, HandlerWalk.MostStackBytes + 8)).Should().ContainSingle(text => text.Contains("bytes of stack"));

    [Fact]
    public void Unknown_name_is_no_clean_bill()
    {
        Action look = () => HandlerWalk.From(new FakeImage(), Handler);

        look.Should().Throw<ArgumentException>();
    }

    private static IReadOnlyList<string> Wrong(Action<X64Emitter> emit) => HandlerWalk.From(new FakeImage().Add(Handler, emit), Handler).Wrong;
}
