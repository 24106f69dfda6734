namespace TrapRuntime.AotSmoke.Commands;

/// <summary>How the program ends when it is not a crash that ends it.</summary>
internal static class ExitCode
{
    /// <summary>Everything held.</summary>
    internal const int Success = 0;

    /// <summary>Something did not hold.</summary>
    internal const int Failure = 1;

    /// <summary>The arguments made no sense.</summary>
    internal const int Usage = 2;

    /// <summary>A crash did not happen.</summary>
    internal const int Survived = 3;
}
