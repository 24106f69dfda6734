namespace TrapRuntime.AotSmoke.Calls;

/// <summary>A way for the innermost guest to end.</summary>
/// <param name="Name">What it is, for a sentence.</param>
/// <param name="FunctionOf">The function that <see cref="CallGuests.Apply"/> is to call, out of a nest.</param>
/// <param name="Argument">Its argument.</param>
/// <param name="Judge">Looks at what came of it.</param>
internal sealed record Ending(string Name, Func<Nest, nint> FunctionOf, long Argument, Action<TrapResult, Exception?> Judge)
{
    internal const long ReturnPlainly = 0;
    internal const long Throw = 1;
    internal const long RaiseCode = 2;
    internal const long RaiseError = 3;
    internal const long ReturnCode = 4;
    internal const long ReturnError = 5;
    internal const long CancelOwnToken = 6;

    private const TrapCode NativeCode = TrapCode.UnalignedAtomic;

    /// <summary>Gets all ways.</summary>
    internal static IReadOnlyList<Ending> All { get; } =
    [
        new("a return", static nest => nest.Bottom, ReturnPlainly, static (result, error) =>
        {
            Require.Nothing(error);
            Require.Returned(result);
        }),
        new("a hardware trap", static nest => nest.Guests.DivideByZero, 1, Trapped(TrapKind.Hardware, TrapCode.IntegerDivisionByZero)),
        new("a native raise", static _ => HostCall.NativeRaiseTrap, (long)NativeCode, Trapped(TrapKind.Library, NativeCode)),
        new("an exception", static nest => nest.Bottom, Throw, static (_, error) => Require.Same(Nest.Error, error)),
        new("a raised code", static nest => nest.Bottom, RaiseCode, Trapped(TrapKind.Library, Nest.Code)),
        new("a raised error", static nest => nest.Bottom, RaiseError, TrappedByError),
        new("a returned code", static nest => nest.Bottom, ReturnCode, Trapped(TrapKind.Library, Nest.Code)),
        new("a returned error", static nest => nest.Bottom, ReturnError, TrappedByError),
        new("an interrupt", static nest => nest.Bottom, CancelOwnToken, Trapped(TrapKind.Interrupted, TrapCode.HostInterrupt)),
    ];

    private static Action<TrapResult, Exception?> Trapped(TrapKind kind, TrapCode code) => (result, error) =>
    {
        Require.Nothing(error);
        Require.Trap(kind, code, result);
    };

    private static void TrappedByError(TrapResult result, Exception? error)
    {
        Require.Nothing(error);
        Require.Same(Nest.Error, Require.Trap(TrapKind.User, TrapCode.None, result).UserError);
    }
}
