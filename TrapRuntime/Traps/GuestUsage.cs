using TrapRuntime.Activations;
using TrapRuntime.Platforms;

namespace TrapRuntime.Traps;

/// <summary>Whether guests run, and where, as far as their activations tell.</summary>
internal static unsafe class GuestUsage
{
    /// <summary>Tells whether a signal is being judged on any thread. A judgement that begins during the question may be missed.</summary>
    internal static bool AnyJudgement()
    {
        bool any = false;
        ThreadRegistry.ForEach(thread => any |= Volatile.Read(ref thread->Judging) != 0);
        return any;
    }

    /// <summary>
    /// Tells whether a guest was entered through the code on any thread, or waits in a host function on this one with an address
    /// inside the code on its stack.
    /// </summary>
    internal static bool IsCodeInUse(AddressRange code)
    {
        for (Activation* own = OwnActivation; own != null; own = own->Parent)
        {
            if (code.Contains(own->Entry) || StackMentions(own, code))
            {
                return true;
            }
        }

        bool inUse = false;
        ThreadRegistry.ForEach(thread => inUse |= thread != CurrentThread.BlockOrNull
            && ForeignActivations.Any(thread, activation => code.Contains(activation.Entry)));
        return inUse;
    }

    /// <summary>Tells whether this thread has a guest at all, or a guest on another thread was entered with an address inside the memory.</summary>
    internal static bool IsMemoryInUse(AddressRange memory)
    {
        bool inUse = OwnActivation != null;
        ThreadRegistry.ForEach(thread => inUse |= thread != CurrentThread.BlockOrNull
            && ForeignActivations.Any(thread, activation => memory.Contains(activation.EntryArgument)));
        return inUse;
    }

    private static Activation* OwnActivation => CurrentThread.BlockOrNull == null ? null : CurrentThread.BlockOrNull->Innermost;

    // Managed code runs, so every guest of this thread waits in a host function and its stack keeps still.
    private static bool StackMentions(Activation* waiting, AddressRange code)
    {
        nuint word = (nuint)sizeof(nuint);
        nuint from = waiting->HostCallFrame;
        if (from < waiting->GuestStackLimit || from % word != 0)
        {
            return false;
        }

        for (; from < waiting->GuestStackTop; from += word)
        {
            // SAFETY: inside the usable bytes of a stack that its activation still holds.
            if (code.Contains(*(nuint*)from))
            {
                return true;
            }
        }

        return false;
    }
}
