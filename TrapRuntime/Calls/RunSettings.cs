using System.Runtime.CompilerServices;
using TrapRuntime.Stacks;

namespace TrapRuntime.Calls;

/// <summary>What a guest call runs with: its configuration where it says something, the process's settings elsewhere.</summary>
internal static class RunSettings
{
    /// <summary>Gets the default stack size in bytes, whole pages.</summary>
    internal static nuint DefaultStackSize
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => StackSize.DefaultInPages;
    }

    /// <summary>Overrides size and policy where the configuration names them.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static void Read(VMConfig config, ref nuint size, ref int policy)
    {
        if (config.StackSize is int bytes)
        {
            size = StackSize.Clamp(bytes);
        }

        if (config.CodePolicy is GuestCodePolicy wanted)
        {
            policy = (int)wanted;
        }
    }
}
