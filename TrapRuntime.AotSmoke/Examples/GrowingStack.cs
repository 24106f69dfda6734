namespace TrapRuntime.AotSmoke.Examples;

/// <summary>The example of <see cref="GuestStacks"/>, which a test compares with the documentation.</summary>
internal static unsafe class GrowingStack
{
    internal static TrapResult Run(delegate* unmanaged<void*, void> body, void* state)
    {
        TrapResult result = GuestCall.CatchTraps(body, state);
        while (result.Trap?.Code == TrapCode.StackOverflow && GuestStacks.DefaultSize < GuestStacks.MaxSize)
        {
            GuestStacks.SetDefaultSize(GuestStacks.DefaultSize * 2);
            GuestStacks.DrainPool();      // idle stacks of the old size only take up room
            result = GuestCall.CatchTraps(body, state);
        }

        return result;
    }
}
