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
}
