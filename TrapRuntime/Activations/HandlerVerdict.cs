namespace TrapRuntime.Activations;

/// <summary>What the C# handler answers the gate.</summary>
internal enum HandlerVerdict
{
    /// <summary>Not the guest's: pass the signal on.</summary>
    PassOn = 0,

    /// <summary>The context leads to where execution should go on: return from the signal.</summary>
    Resume = 1,

    /// <summary>The fault rose on a guest stack from code the policy does not accept: print the line, then pass on.</summary>
    Reject = 2,

    /// <summary>A signal handler that landed on a guest stack ran out of it: open the thread block's reserve, then resume.</summary>
    OpenReserve = 3,
}
