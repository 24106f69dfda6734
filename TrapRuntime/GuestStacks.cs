using TrapRuntime.Activations;
using TrapRuntime.Stacks;

namespace TrapRuntime;

/// <summary>The stacks on which guest code runs: their default size, and the pool of idle ones.</summary>
/// <example>
/// A guest that overflowed may run again on a larger stack:
/// <code><![CDATA[
/// TrapResult result = GuestCall.CatchTraps(body, state);
/// while (result.Trap?.Code == TrapCode.StackOverflow && GuestStacks.DefaultSize < GuestStacks.MaxSize)
/// {
///     GuestStacks.SetDefaultSize(GuestStacks.DefaultSize * 2);
///     GuestStacks.DrainPool();      // idle stacks of the old size only take up room
///     result = GuestCall.CatchTraps(body, state);
/// }
/// ]]></code>
/// </example>
/// <remarks>All members may be called from any thread.</remarks>
public static unsafe class GuestStacks
{
    /// <summary>The smallest stack a guest can have, in bytes.</summary>
    public const int MinSize = 8 * 1024;

    /// <summary>The largest stack a guest can have, in bytes.</summary>
    /// <remarks>Wasmer: <c>MAX_STACK_SIZE</c>.</remarks>
    public const int MaxSize = 100 * 1024 * 1024;

    /// <summary>Gets the size, in bytes, of a stack when the call asks for none: 1 MiB at start.</summary>
    /// <remarks>Wasmer: <c>get_stack_size</c>, <c>DEFAULT_STACK_SIZE</c>.</remarks>
    public static int DefaultSize => StackSize.Default;

    /// <summary>Changes the default for calls that start from now on.</summary>
    /// <param name="bytes">The size in bytes; brought into [<see cref="MinSize"/>, <see cref="MaxSize"/>].</param>
    /// <returns>The size that was set.</returns>
    /// <remarks>Wasmer: <c>set_stack_size</c>.</remarks>
    public static int SetDefaultSize(int bytes)
    {
        int size = StackSize.Limit(bytes);
        StackSize.Default = size;
        return size;
    }

    /// <summary>
    /// Gives the memory of idle stacks back to the system: the one that the calling thread keeps and those in the shared pool.
    /// Stacks that other threads keep, and stacks in use, stay.
    /// </summary>
    /// <remarks>Wasmer: <c>drain_stack_pool</c>.</remarks>
    public static void DrainPool()
    {
        ThreadBlock* thread = CurrentThread.BlockOrNull;
        if (thread != null)
        {
            StackCache.Drain(thread);
        }

        StackPool.Shared.Drain();
    }
}
