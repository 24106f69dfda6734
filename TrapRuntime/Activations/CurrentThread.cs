using System.Runtime.CompilerServices;

namespace TrapRuntime.Activations;

/// <summary>What the calling thread knows about itself.</summary>
internal static unsafe class CurrentThread
{
    [ThreadStatic]
    private static ThreadBlock* t_block;

    [ThreadStatic]
    private static ThreadHolder? t_holder;

    /// <summary>Gets or sets the calling thread's block, null until it is made ready for guests. Tests of lower layers set it alone.</summary>
    /// <remarks>Wasmer: <c>TRAP_HANDLER</c>.</remarks>
    internal static ThreadBlock* BlockOrNull
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => t_block;
        set => t_block = value;
    }

    /// <summary>Gets the calling thread's managed side, null until it is made ready for guests.</summary>
    internal static ThreadHolder? HolderOrNull => t_holder;

    /// <summary>Makes the calling thread ready.</summary>
    internal static void Set(ThreadHolder holder)
    {
        t_holder = holder;
        t_block = holder.Block;
    }
}
