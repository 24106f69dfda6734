using TrapRuntime.Platforms;

namespace TrapRuntime.Stacks;

/// <summary>The size of a guest stack: default, limits, rounding. Sizes count usable bytes; the guard region comes on top.</summary>
internal static class StackSize
{
    /// <summary>The default at start, in bytes.</summary>
    /// <remarks>Wasmer: <c>DEFAULT_STACK_SIZE</c>.</remarks>
    internal const int InitialDefault = 1024 * 1024;

    private static volatile int s_default = InitialDefault;
    private static volatile int s_defaultInPages = InitialDefault;

    /// <summary>Gets the default in whole pages, ready for a call.</summary>
    internal static nuint DefaultInPages => (nuint)s_defaultInPages;

    /// <summary>Gets or sets the size, in bytes, of a stack for which no size is asked. The setter clamps.</summary>
    /// <remarks>Wasmer: <c>get_stack_size</c>, <c>set_stack_size</c>.</remarks>
    internal static int Default
    {
        get => s_default;
        set
        {
            s_default = Limit(value);
            s_defaultInPages = (int)Clamp(value);
        }
    }

    /// <summary>Brings a request into [<see cref="GuestStacks.MinSize"/>, <see cref="GuestStacks.MaxSize"/>] bytes.</summary>
    internal static int Limit(int bytes) => Math.Clamp(bytes, GuestStacks.MinSize, GuestStacks.MaxSize);

    /// <summary>Turns a request in bytes into the size a guest gets: within the limits, in whole pages.</summary>
    internal static nuint Clamp(int bytes) => PlatformMemory.Current.RoundUpToPage((nuint)Limit(bytes));
}
