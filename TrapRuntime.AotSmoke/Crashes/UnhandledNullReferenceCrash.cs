using System.Runtime.CompilerServices;

namespace TrapRuntime.AotSmoke.Crashes;

/// <summary>A null reference that nobody catches: a fault that goes through our handler, to the runtime, to the end.</summary>
internal sealed class UnhandledNullReferenceCrash : ICrash
{
    /// <inheritdoc/>
    public string Name => "unhandled-null-reference";

    /// <inheritdoc/>
    public string Summary => "a NullReferenceException that nobody catches";

    /// <inheritdoc/>
    public void Die(bool without)
    {
        CrashTalk.Announce($"{typeof(NullReferenceException)}");
        _ = LengthOf(null);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int LengthOf(string? text) => text!.Length;
}
