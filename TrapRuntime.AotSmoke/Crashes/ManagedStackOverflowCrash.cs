using System.Runtime.CompilerServices;

namespace TrapRuntime.AotSmoke.Crashes;

/// <summary>Managed code recurses without end. CoreCLR says so; NativeAOT dies of the signal.</summary>
internal sealed class ManagedStackOverflowCrash : ICrash
{
    /// <inheritdoc/>
    public string Name => "managed-stack-overflow";

    /// <inheritdoc/>
    public string Summary => "managed code uses up the host stack";

    /// <inheritdoc/>
    public void Die(bool without)
    {
        if (RuntimeFeature.IsDynamicCodeCompiled)
        {
            CrashTalk.Announce("Stack overflow");
        }

        _ = Recurse(0);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long Recurse(long depth) => depth < 0 ? 0 : Recurse(depth + 1) + depth;
}
