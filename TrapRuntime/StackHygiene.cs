namespace TrapRuntime;

/// <summary>What happens to the contents of a guest stack between two calls.</summary>
public enum StackHygiene
{
    /// <summary>Nothing: the fastest. An idle stack keeps every page that its deepest call touched. The default.</summary>
    Keep = 0,

    /// <summary>
    /// Memory: a stack that was used deeply gives its pages back to the system when its call ends, so that an idle one
    /// holds two pages at most. A call that stays within those two pages pays a few tens of nanoseconds for the check.
    /// </summary>
    Trim = 1,

    /// <summary>
    /// Secrecy: whatever a call left on the stack is gone before the next call gets it. Costs every call one system call
    /// and the clearing of a page.
    /// </summary>
    Scrub = 2,
}
