using TrapRuntime.AotSmoke.Examples;
using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.AotSmoke.Scenarios.Stacks;

/// <summary>Overflow, double, drain, run again: the documented way to give a guest the stack it needs.</summary>
internal sealed unsafe class StackRetry : IScenario
{
    private const int OneMebibyte = 1024 * 1024;
    private const int Needed = 5 * OneMebibyte;

    /// <inheritdoc/>
    public IEnumerable<ScenarioCase> Cases =>
    [
        new("stacks: overflow, double, drain, retry", "returned on 8 MiB", static () => StackAccount.OnFreshThread(static () => Grow(Needed / sizeof(ulong)))),
        new("stacks: doubled to the most and still not enough", "StackOverflow on 100 MiB", static () => StackAccount.OnFreshThread(static () => Grow(FillGuest.Endless))),
    ];

    private static string Grow(nint words)
    {
        int before = GuestStacks.DefaultSize;
        try
        {
            using StackProbe probe = new();
            FillGuest.Fill fill = new() { Words = words };
            _ = GuestStacks.SetDefaultSize(OneMebibyte);
            TrapResult result = GrowingStack.Run(probe.Entry, &fill);
            return $"{(result.IsTrap ? result.Trap.Code : TrapText.Returned)} on {GuestStacks.DefaultSize / OneMebibyte} MiB";
        }
        finally
        {
            _ = GuestStacks.SetDefaultSize(before);
        }
    }
}
