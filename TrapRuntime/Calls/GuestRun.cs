using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using TrapRuntime.Activations;
using TrapRuntime.Signals;
using TrapRuntime.Stacks;
using TrapRuntime.Traps;

namespace TrapRuntime.Calls;

/// <summary>Runs guest code on a guest stack: the path every guest call takes.</summary>
/// <remarks>Wasmer: <c>catch_traps</c>, <c>on_wasm_stack</c>.</remarks>
internal static unsafe class GuestRun
{
    /// <summary>Enters a guest and comes back when it has returned or was unwound.</summary>
    /// <param name="function">What runs on the guest stack: the guest's own function, or a thunk that calls it.</param>
    /// <param name="entry">The guest's function, for the policy.</param>
    /// <param name="argument">The argument of <paramref name="function"/>.</param>
    /// <param name="config">What this call wants otherwise, or null.</param>
    /// <param name="customHandler">The address of a custom trap handler, or 0.</param>
    /// <exception cref="Exception">Whatever a host function let out, the same object.</exception>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static TrapResult Enter(nint function, nuint entry, void* argument, VMConfig? config, nint customHandler)
    {
        ThreadBlock* thread = CurrentThread.BlockOrNull;
        if (thread == null)
        {
            return EnterFirst(function, entry, argument, config, customHandler);
        }

        // What a slow path needs again stands in the activation, so that it does not take up a register on the fast one.
        Activation activation;
        activation.Thread = thread;
        activation.HostCallFrame = 0;
        activation.CustomHandler = customHandler;
        activation.Function = function;
        activation.Entry = entry;
        activation.EntryArgument = (nuint)argument;
        activation.Status = (int)ActivationStatus.Returned;
        nuint size;
        if (config is null)
        {
            size = StackSize.DefaultInPages;
            activation.CodePolicy = thread->CodePolicy;
        }
        else
        {
            RunSettings settings = RunSettings.Of(config, thread);
            size = settings.StackSize;
            activation.CodePolicy = settings.CodePolicy;
        }

        if (!StackCache.TryAcquire(thread, size, out activation.Stack))
        {
            return Landing.OutOfMemory(thread, size);
        }

        activation.GuestStackTop = activation.Stack.Limit + size;
        Nesting.Open(thread, &activation);

        // After the activation can be seen: whoever disposes code raises the version, then looks for activations. One of the two sees the other.
        if (!RememberedCode.Holds(thread, entry))
        {
            Check(thread, &activation);
        }

        int status = ((delegate* unmanaged<Activation*, int>)thread->Enter)(&activation);

        Nesting.Close(thread, &activation);
        if (status != (int)ActivationStatus.Returned)
        {
            object? end = Landing.Finish(thread, &activation);
            if (end is ExceptionDispatchInfo carried)
            {
                carried.Throw();
            }

            // SAFETY: what Finish gives besides an exception is a trap or null.
            return new TrapResult(Unsafe.As<Trap?>(end));
        }

        StackCache.Release(thread, activation.Stack, activation.GuestStackTop);
        return default;
    }

    // A call in tail position, after which nothing is needed any more: the fast path keeps its registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TrapResult EnterFirst(nint function, nuint entry, void* argument, VMConfig? config, nint customHandler)
    {
        _ = ThreadSetup.Ensure();
        return Enter(function, entry, argument, config, customHandler);
    }

    // Not visible meanwhile, or this very call would keep the code from being disposed that it is about to be refused.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Check(ThreadBlock* thread, Activation* activation)
    {
        do
        {
            Nesting.Close(thread, activation);
            try
            {
                EntryCheck.Check(thread, activation->Entry, activation->CodePolicy);
            }
            catch
            {
                StackCache.Release(thread, activation->Stack, activation->GuestStackTop);
                throw;
            }

            Nesting.Open(thread, activation);
        }
        while (!RememberedCode.IsCurrent(thread));
    }
}
