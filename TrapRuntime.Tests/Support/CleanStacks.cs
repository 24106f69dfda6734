using TrapRuntime.Stacks;

namespace TrapRuntime.Tests.Support;

/// <summary>An empty pool with the default options before and after a test.</summary>
internal sealed class CleanStacks : IDisposable
{
    internal CleanStacks(int maxCount = StackPool.DefaultMaxCount, StackHygiene hygiene = StackHygiene.Keep) =>
        StackPool.Configure(maxCount, GuardedStack.DefaultGuardSize, hygiene);

    public void Dispose()
    {
        StackPool.Configure(StackPool.DefaultMaxCount, GuardedStack.DefaultGuardSize, StackHygiene.Keep);
        GuestStacks.SetDefaultSize(StackSize.InitialDefault);
    }
}
