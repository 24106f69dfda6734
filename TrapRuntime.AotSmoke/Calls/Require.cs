using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace TrapRuntime.AotSmoke.Calls;

/// <summary>Says what must hold, without a test framework: the same checks run in the smoke executable.</summary>
internal static class Require
{
    /// <summary>Two values are equal.</summary>
    internal static void Equal<T>(T expected, T actual, [CallerArgumentExpression(nameof(actual))] string what = "")
    {
        // Not by a comparer or an interpolated string of T, of which the executable would get one for each type.
        if (!Equals(expected, actual))
        {
            Fail(expected, actual, what);
        }
    }

    /// <summary>Two references name one object.</summary>
    internal static void Same(object? expected, object? actual, [CallerArgumentExpression(nameof(actual))] string what = "")
    {
        if (!ReferenceEquals(expected, actual))
        {
            throw new CheckFailedException($"{what} is another object: {actual?.GetType().Name ?? "null"}");
        }
    }

    /// <summary>A condition holds.</summary>
    internal static void True(bool condition, [CallerArgumentExpression(nameof(condition))] string what = "")
    {
        if (!condition)
        {
            throw new CheckFailedException($"not so: {what}");
        }
    }

    /// <summary>Nothing went wrong where an exception could not be let out.</summary>
    internal static void Nothing(Exception? error)
    {
        if (error is not null)
        {
            throw new CheckFailedException(error.ToString());
        }
    }

    /// <summary>Runs an action and hands its exception over, whatever it is.</summary>
    internal static Exception? Catch(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception error)
        {
            return error;
        }
    }

    /// <summary>An action throws an exception of exactly this type.</summary>
    /// <returns>The exception.</returns>
    internal static T Throws<T>(Action action, [CallerArgumentExpression(nameof(action))] string what = "")
        where T : Exception
    {
        try
        {
            action();
        }
        catch (T expected) when (expected.GetType() == typeof(T))
        {
            return expected;
        }

        throw new CheckFailedException($"no {typeof(T).Name} came out of {what}");
    }

    /// <summary>A guest ended in a trap of a kind and a code.</summary>
    /// <returns>The trap.</returns>
    internal static Trap Trap(TrapKind kind, TrapCode code, TrapResult result)
    {
        Trap trap = result.Trap ?? throw new CheckFailedException($"the guest returned; a trap {kind} {code} was due");
        Equal(kind, trap.Kind);
        Equal(code, trap.Code);
        return trap;
    }

    /// <summary>A guest returned.</summary>
    internal static void Returned(TrapResult result)
    {
        if (result.IsTrap)
        {
            throw new CheckFailedException($"the guest did not return: {result.Trap}");
        }
    }

    [DoesNotReturn]
    private static void Fail(object? expected, object? actual, string what) =>
        throw new CheckFailedException($"{what} is {actual}, not {expected}");
}
