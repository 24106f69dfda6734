using System.Runtime.CompilerServices;

namespace TrapRuntime.AotSmoke.Calls;

/// <summary>Exceptions that leave host functions cross the guest and come out of the guest call.</summary>
internal static class ExceptionChecks
{
    private const int Levels = 20;

    internal static IEnumerable<CallCheck> All =>
    [
        new("An exception crosses the guest as the same object, with its stack trace", SameObject),
        new("Exceptions of every kind survive the crossing", EveryKind),
        new("An exception crosses any depth of alternation", AnyDepth),
        new("Finally and using of host frames run before the guest's caller sees the exception", HostFramesUnwind),
        new("A filter sees the exception after its guest ended, and may call a guest", Filters),
        new("A rethrown exception stays the same, through throw and through a second guest", Rethrow),
        new("An exception that the host function catches never concerns the guest", Caught),
        new("ResumePanic brings the same exception to the guest's caller", ResumedPanic),
        new("A result of the wrong kind is the host function's fault, carried to the guest's caller", WrongResult),
        new("The guest call after an exception works as ever", GoesOn),
    ];

    private static void SameObject()
    {
        using CallGuests guests = new();
        InvalidTimeZoneException thrown = new("crossing");
        using HostFunction host = HostFunction.Create(CallGuests.One, (ref HostCallContext _) => ThrowFromTheDepths(thrown));

        Exception caught = Require.Throws<InvalidTimeZoneException>(() => guests.Call(host));

        Require.Same(thrown, caught);
        Require.True(caught.StackTrace!.StartsWith(LineOfTheDepths(), StringComparison.Ordinal));
    }

    private static void EveryKind()
    {
        using CancellationTokenSource source = new();
        Exception[] kinds =
        [
            new OperationCanceledException("stop", source.Token),
            new TaskCanceledException("stop"),
            new AggregateException("several", new ArgumentNullException("one"), new FormatException("two")),
            new HostileException(),
            new StackOverflowException(),
            new OutOfMemoryException(),
            new TrapException(GuestTrap()),
            new AccessViolationException(),
            new NullReferenceException(),
        ];
        using CallGuests guests = new();
        foreach (Exception thrown in kinds)
        {
            using HostFunction host = HostFunction.Create(CallGuests.One, (ref HostCallContext _) => throw thrown);
            Exception? caught = Require.Catch(() => guests.Call(host));
            Require.Same(thrown, caught);
        }

        Require.Equal(source.Token, ((OperationCanceledException)kinds[0]).CancellationToken);
        Require.Equal(2, ((AggregateException)kinds[2]).InnerExceptions.Count);

        using HostFunction faulty = HostFunction.Create(CallGuests.One, static (ref HostCallContext _) => GuestValue.FromInt64(Absent()!.Length));
        _ = Require.Throws<NullReferenceException>(() => guests.Call(faulty));
    }

    private static void AnyDepth()
    {
        using CallGuests guests = new();
        InvalidTimeZoneException thrown = new("from far below");
        HostFunction? host = null;
        int finallies = 0;
        host = HostFunction.Create(CallGuests.One, (ref HostCallContext call) =>
        {
            long depth = call.Arguments[0].AsInt64();
            if (depth == Levels)
            {
                throw thrown;
            }

            try
            {
                guests.Call(host!, depth + 1);
            }
            finally
            {
                finallies++;
            }

            return GuestValue.FromInt64(0);
        });
        using (host)
        {
            Require.Same(thrown, Require.Catch(() => guests.Call(host, 0)));
            Require.Equal(Levels, finallies);
        }
    }

    private static void HostFramesUnwind()
    {
        using CallGuests guests = new();
        List<string> order = [];
        using HostFunction host = HostFunction.Create(CallGuests.One, (ref HostCallContext _) =>
        {
            using Note note = new(() => order.Add("using"));
            try
            {
                throw new InvalidTimeZoneException();
            }
            finally
            {
                order.Add("finally");
                guests.TrapOnce();
            }
        });

        try
        {
            guests.Call(host);
        }
        catch (InvalidTimeZoneException)
        {
            order.Add("catch");
        }

        Require.Equal("finally using catch", string.Join(' ', order));

        order.Clear();
        using HostFunction raising = HostFunction.Create(CallGuests.One, (ref HostCallContext _) =>
        {
            using Note note = new(() => order.Add("using"));
            HostCall.RaiseLibTrap(TrapCode.BadSignature);
            return default;
        });
        Require.Trap(TrapKind.Library, TrapCode.BadSignature, guests.Call(raising));
        Require.Equal("using", string.Join(' ', order));
    }

    private static void Filters()
    {
        using CallGuests guests = new();
        using HostFunction host = HostFunction.Create(CallGuests.One, static (ref HostCallContext _) => throw new InvalidTimeZoneException("filtered"));
        bool filtered = false;
        bool caught = false;
        try
        {
            guests.Call(host);
        }
        catch (InvalidTimeZoneException error) when (Decide(error))
        {
            caught = true;
        }

        Require.True(filtered && caught);

        // A filter inside a host function runs while its guest waits.
        using HostFunction outer = HostFunction.Create(CallGuests.One, (ref HostCallContext call) =>
        {
            try
            {
                guests.Call(host);
            }
            catch (InvalidTimeZoneException error) when (Decide(error))
            {
                return call.Arguments[0];
            }

            return default;
        });
        Require.Returned(guests.Call(outer.Address, 8, out long value));
        Require.Equal(8, value);

        bool Decide(Exception error)
        {
            guests.TrapOnce();
            Require.Same(error, Require.Catch(() => guests.Call(Rethrower(error))));
            filtered = true;
            return error.Message == "filtered";
        }

        HostFunction Rethrower(Exception error) => HostFunction.Create(CallGuests.One, (ref HostCallContext _) => throw error);
    }

    private static void Rethrow()
    {
        using CallGuests guests = new();
        InvalidTimeZoneException thrown = new("again");
        using HostFunction inner = HostFunction.Create(CallGuests.One, (ref HostCallContext _) => ThrowFromTheDepths(thrown));
        using HostFunction outer = HostFunction.Create(CallGuests.One, (ref HostCallContext _) =>
        {
            try
            {
                guests.Call(inner);
            }
            catch (InvalidTimeZoneException)
            {
                guests.TrapOnce();
                throw;
            }

            return default;
        });

        Exception? caught = Require.Catch(() => guests.Call(outer));

        Require.Same(thrown, caught);
        Require.True(caught!.StackTrace!.StartsWith(LineOfTheDepths(), StringComparison.Ordinal));

        using HostFunction wrapping = HostFunction.Create(CallGuests.One, (ref HostCallContext _) =>
            throw new ArgumentException("wrapped", Require.Catch(() => guests.Call(inner))));
        Require.Same(thrown, Require.Throws<ArgumentException>(() => guests.Call(wrapping)).InnerException);
    }

    private static void Caught()
    {
        using CallGuests guests = new();
        using HostFunction host = HostFunction.Create(CallGuests.One, (ref HostCallContext call) =>
        {
            Require.True(Require.Catch(static () => throw new InvalidTimeZoneException()) is not null);
            Require.True(Require.Catch(static () => HostCall.RaiseUserTrap(new FormatException())) is not null);
            return call.Arguments[0];
        });
        Require.Returned(guests.Call(host.Address, 3, out long value));
        Require.Equal(3, value);
    }

    private static void ResumedPanic()
    {
        using CallGuests guests = new();
        Exception kept = Require.Catch(static () => ThrowFromTheDepths(new InvalidTimeZoneException()))!;
        using HostFunction host = HostFunction.Create(CallGuests.One, (ref HostCallContext _) =>
        {
            HostCall.ResumePanic(kept);
            return default;
        });
        Exception? caught = Require.Catch(() => guests.Call(host));
        Require.Same(kept, caught);
        Require.True(caught!.StackTrace!.StartsWith(LineOfTheDepths(), StringComparison.Ordinal));
    }

    private static void WrongResult()
    {
        using CallGuests guests = new();
        using HostFunction host = HostFunction.Create(CallGuests.One, static (ref HostCallContext _) => GuestValue.FromFloat32(1));
        string message = Require.Throws<InvalidOperationException>(() => guests.Call(host)).Message;
        Require.True(message.Contains("Float32", StringComparison.Ordinal) && message.Contains("Int64", StringComparison.Ordinal), message);
    }

    private static void GoesOn()
    {
        using CallGuests guests = new();
        using HostFunction fails = HostFunction.Create(CallGuests.One, static (ref HostCallContext _) => throw new InvalidTimeZoneException());
        using HostFunction echoes = HostFunction.Create(CallGuests.One, static (ref HostCallContext call) => call.Arguments[0]);
        for (int i = 0; i < Levels; i++)
        {
            _ = Require.Throws<InvalidTimeZoneException>(() => guests.Call(fails));
            guests.TrapOnce();
            Require.Returned(guests.Call(echoes.Address, i, out long value));
            Require.Equal(i, value);
        }
    }

    // What a trace from there begins with: the method's name, or its address where the executable carries no names.
    private static string LineOfTheDepths() =>
        Require.Catch(static () => ThrowFromTheDepths(new InvalidTimeZoneException()))!.StackTrace!.Split('\n')[0].TrimEnd();

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static GuestValue ThrowFromTheDepths(Exception error) => throw error;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static string? Absent() => null;

    private static Trap GuestTrap()
    {
        using CallGuests guests = new();
        return guests.Call(guests.DivideByZero, 1, out _).Trap!;
    }

    private sealed class HostileException : Exception
    {
        public override string Message => throw new NotSupportedException("no message");

        public override string? StackTrace => throw new NotSupportedException("no trace");

        public override string ToString() => throw new NotSupportedException("no text");
    }

    private sealed class Note(Action write) : IDisposable
    {
        public void Dispose() => write();
    }
}
