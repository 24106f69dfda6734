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
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static TrapResult Enter(
        nint function, nuint entry, void* argument, VMConfig? config, nint customHandler)
    {
        ThreadBlock* thread = CurrentThread.BlockOrNull;
        if (thread == null)
        {
            thread = ThreadSetup.Ensure();
        }

        nuint size = RunSettings.DefaultStackSize;
        int policy = thread->Process->CodePolicy;
        if (config is not null)
        {
            RunSettings.Read(config, ref size, ref policy);
        }

        if (entry - thread->LastCodeStart >= thread->LastCodeLength || thread->LastCodeVersion != thread->Process->CodeVersion)
        {
            EntryCheck.Check(thread, entry, policy);
        }

        if (!StackCache.TryAcquire(thread, size, out StackMapping stack))
        {
            return Landing.OutOfMemory(thread, size);
        }

        Activation activation;
        activation.Parent = thread->Innermost;
        activation.Thread = thread;
        activation.GuestStackTop = stack.Limit + size;
        activation.GuestStackLimit = stack.Limit;
        activation.GuestGuardStart = stack.Start;
        activation.HostCallFrame = 0;
        activation.CustomHandler = customHandler;
        activation.Entry = entry;
        activation.EntryArgument = (nuint)argument;
        activation.Status = (int)ActivationStatus.Returned;
        activation.CodePolicy = policy;
        nint depth = thread->Depth;
        if (depth < ThreadBlock.TrackedActivations)
        {
            thread->Open[depth] = (ulong)&activation;
        }

        thread->Depth = depth + 1;
        thread->Innermost = &activation;

        int status = ((delegate* unmanaged<Activation*, nint, void*, int>)thread->Process->Enter)(&activation, function, argument);

        thread->Innermost = activation.Parent;
        thread->Depth = depth;
        if (status != (int)ActivationStatus.Returned)
        {
            return Landing.Finish(thread, &activation, stack);
        }

        StackCache.Release(thread, stack, activation.GuestStackTop);
        return default;
    }
}
