using TrapRuntime.Activations;
using TrapRuntime.Stacks;

namespace TrapRuntime.Tests.Support;

/// <summary>The pool as somebody uses it who belongs to no shard.</summary>
internal static class StackPoolCalls
{
    internal static bool TryTake(this StackPool pool, nuint size, uint home, out StackMapping stack) => pool.TryTake(size, ref home, out stack);

    internal static bool TryPut(this StackPool pool, in StackMapping stack, uint home) => pool.TryPut(stack, ref home);
}
