using System.Runtime.CompilerServices;
using TrapRuntime.Activations;
using TrapRuntime.Stacks;

namespace TrapRuntime.Calls;

/// <summary>What a guest call with a configuration runs with. One word: the stack size is whole pages, so its low bits hold the policy.</summary>
internal readonly struct RunSettings
{
    private const nuint PolicyMask = 0xFF;

    private readonly nuint _packed;

    private RunSettings(nuint stackSize, int codePolicy) => _packed = stackSize | (nuint)codePolicy;

    /// <summary>Gets the stack size in bytes, whole pages.</summary>
    internal nuint StackSize => _packed & ~PolicyMask;

    /// <summary>Gets the <see cref="GuestCodePolicy"/>.</summary>
    internal int CodePolicy => (int)(_packed & PolicyMask);

    /// <summary>The configuration's settings, the process's where it says nothing.</summary>
    /// <safety>The thread is the calling one.</safety>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static unsafe RunSettings Of(VMConfig config, ThreadBlock* thread) => new(
        config.StackSize is int bytes ? Stacks.StackSize.Clamp(bytes) : Stacks.StackSize.DefaultInPages,
        config.CodePolicy is GuestCodePolicy policy ? (int)policy : thread->CodePolicy);
}
