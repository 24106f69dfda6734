using System.Runtime.CompilerServices;
using TrapRuntime.AotSmoke.Guests;
using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.AotSmoke.Coexistence;

/// <summary>
/// Exceptions around, between and under guests, in every order, with the guest stack above the thread's stack and below it. The
/// runtime's dispatcher orders its records by address: a managed frame on the wrong stack would break it.
/// </summary>
internal static unsafe class StackOrder
{
    private const int Depth = 50;
    private const int Steps = 3;

    // A main thread's stack is the highest mapping of all.
    internal static string? GuestBelow() => Run(isAbove: false);

    internal static string? GuestAbove() => NativeThread.RunOnLowStack(() => Run(isAbove: true));

    private static string? Run(bool isAbove)
    {
        nuint here = (nuint)(&isAbove);
        if (GuestStackPointer() > here != isAbove)
        {
            return $"the guest stack does not lie {(isAbove ? "above" : "below")} the thread's stack";
        }

        return Around(1) ?? Around(Depth) ?? Under(1) ?? Under(Depth) ?? EnoughStack(1) ?? EnoughStack(Depth);
    }

    // Guests in a filter, in a catch block, in a finally block; the exception goes on, the same object.
    private static string? Around(int depth)
    {
        Exception? caught = null;
        int steps = 0;
        try
        {
            try
            {
                _ = ManagedFaults.NullReference(depth);
            }
            catch (NullReferenceException error) when (TrapAll(depth) is null && ++steps == 1)
            {
                caught = error;
                steps += Under(depth) is null && TrapAll(depth) is null ? 1 : 0;
                throw;
            }
            finally
            {
                steps += TrapAll(depth) is null && Under(depth) is null ? 1 : 0;
            }
        }
        catch (NullReferenceException error)
        {
            return ReferenceEquals(error, caught) && steps == Steps && TrapAll(depth) is null
                ? null
                : $"around, {depth} deep: {steps} of {Steps} steps, {error.GetType().Name}";
        }

        return $"around, {depth} deep: nothing was thrown on";
    }

    // An exception that a host function lets out goes through its guest, while another one is being handled on both sides.
    private static string? Under(int depth)
    {
        InvalidOperationException thrown = new("carried");
        try
        {
            _ = ManagedFaults.DivideByZero(depth);
        }
        catch (DivideByZeroException)
        {
            try
            {
                Nest(depth, () =>
                {
                    try
                    {
                        _ = ManagedFaults.Overflow(depth);
                    }
                    catch (OverflowException)
                    {
                        GC.Collect(0);
                        throw thrown;
                    }
                });
            }
            catch (InvalidOperationException carried)
            {
                return ReferenceEquals(carried, thrown) ? TrapAll(1) : $"under, {depth} deep: another exception arrived";
            }
        }

        return $"under, {depth} deep: nothing arrived";
    }

    // The runtime's own question for stack space must be answered for the thread's stack, wherever a guest waits.
    private static string? EnoughStack(int depth)
    {
        bool enough = false;
        Nest(depth, () =>
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
            enough = RuntimeHelpers.TryEnsureSufficientExecutionStack();
        });
        RuntimeHelpers.EnsureSufficientExecutionStack();
        return enough ? null : $"{depth} deep: not enough stack";
    }

    // Guest, host function, guest, ...: `body` runs in the innermost host function.
    private static void Nest(int depth, Action body)
    {
        Trap? trap = HostCaller.Call(
            (ref _) =>
            {
                if (depth == 1)
                {
                    body();
                }
                else
                {
                    Nest(depth - 1, body);
                }

                return GuestValue.FromInt64(0);
            },
            0,
            out _);
        if (trap is not null)
        {
            throw new TrapException(trap);
        }
    }

    private static string? TrapAll(int depth)
    {
        string? wrong = null;
        foreach (GuestFault fault in GuestFaults.All)
        {
            wrong ??= fault.Run();
        }

        return depth == 1 || wrong is not null ? wrong : TrapAll(depth / 2);
    }

    private static nuint GuestStackPointer()
    {
        using GuestCode code = GuestAssembly.Announce("where", static e =>
        {
            e.Store(Reg64.Rdi, 0, Reg64.Rsp);
            e.Return();
        });
        nuint stackPointer = 0;
        _ = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)code.Start, &stackPointer);
        return stackPointer;
    }
}
