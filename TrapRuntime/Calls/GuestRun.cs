using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
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
    /// <param name="request">The call's interrupt request, or null when its token can never fire.</param>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static TrapResult Enter(
        nint function, nuint entry, void* argument, VMConfig? config, nint customHandler, InterruptRequest? request)
    {
        ThreadBlock* thread = CurrentThread.BlockOrNull;
        if (thread == null)
        {
            thread = ThreadSetup.Ensure();
        }

        RunSettings settings = config is null ? RunSettings.Default(thread) : RunSettings.Of(config, thread);
        nuint size = settings.StackSize;
        int policy = settings.CodePolicy;

        if (entry - thread->LastCodeStart >= thread->LastCodeLength || thread->LastCodeVersion != Volatile.Read(ref thread->Process->CodeVersion))
        {
            EntryCheck.Check(thread, entry, policy);
        }

        Activation activation;
        if (!StackCache.TryAcquire(thread, size, out activation.Stack))
        {
            return Landing.OutOfMemory(thread, size);
        }

        activation.GuestStackTop = activation.Stack.Limit + size;
        activation.Thread = thread;
        activation.HostCallFrame = 0;
        activation.CustomHandler = customHandler;
        activation.Entry = entry;
        activation.EntryArgument = (nuint)argument;
        activation.Pending = 0;
        activation.Status = (int)ActivationStatus.Returned;
        activation.CodePolicy = policy;
        Nesting.Open(thread, &activation);

        // Whoever disposes code raises the version, then looks for activations: one of the two sees the other.
        if (thread->LastCodeVersion != Volatile.Read(ref thread->Process->CodeVersion))
        {
            Nesting.Close(thread, &activation);
            StackCache.Release(thread, activation.Stack, activation.GuestStackTop);
            return Enter(function, entry, argument, config, customHandler, request);
        }

        request?.Open(&activation);

        int status = ((delegate* unmanaged<Activation*, nint, void*, int>)thread->Enter)(&activation, function, argument);

        request?.Close();
        Nesting.Close(thread, &activation);
        if (status != (int)ActivationStatus.Returned)
        {
            return Landing.Finish(thread, &activation);
        }

        StackCache.Release(thread, activation.Stack, activation.GuestStackTop);
        return default;
    }
}
