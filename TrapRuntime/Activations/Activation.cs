using System.Runtime.InteropServices;

namespace TrapRuntime.Activations;

/// <summary>One entry into guest code: an unmanaged record on the host stack, linked to the one it is nested in.</summary>
/// <remarks>Wasmer: <c>TrapHandlerContext</c>, <c>TrapHandlerContextInner</c>; <c>YIELDER</c> is <see cref="HostStackPointer"/>.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct Activation
{
    /// <summary>The activation this one is nested in, or null.</summary>
    internal Activation* Parent;

    /// <summary>The thread this activation runs on.</summary>
    internal ThreadBlock* Thread;

    /// <summary>The host's stack pointer, saved by the enter thunk; host calls run just below it.</summary>
    internal nuint HostStackPointer;

    /// <summary>Where the guest's stack pointer starts: <c>Stack.Limit</c> plus the size asked for.</summary>
    internal nuint GuestStackTop;

    /// <summary>The stack the guest runs on: its guard region, its lowest usable byte, its end.</summary>
    internal StackMapping Stack;

    /// <summary>The guest's frame pointer while a host call runs for it, else 0. Non-zero means: the thread is on the host stack.</summary>
    internal nuint HostCallFrame;

    /// <summary>The custom trap handler, <c>int (TrapSignal*)</c>, or 0.</summary>
    internal nint CustomHandler;

    /// <summary>An <see cref="ActivationStatus"/>.</summary>
    internal int Status;

    /// <summary>Gets why the activation ends, without the mark of an open reserve.</summary>
    internal readonly ActivationStatus Reason => (ActivationStatus)Status & ActivationStatus.ReasonMask;

    /// <summary>A <see cref="GuestCodePolicy"/>.</summary>
    internal int CodePolicy;

    /// <summary>The trap code given to the native raise entry or by a host function; of a host function's error or exception, 0.</summary>
    internal int RaisedCode;

    /// <summary>The host's MXCSR, saved by the enter thunk.</summary>
    internal uint HostMxcsr;

    /// <summary>The host's x87 control word, saved by the enter thunk.</summary>
    internal uint HostX87Control;

    /// <summary>The host's shadow-stack pointer, where the process has shadow stacks.</summary>
    internal nuint HostShadowStackPointer;

    /// <summary>What the enter thunk calls: <see cref="Entry"/>, or a thunk that calls it.</summary>
    internal nint Function;

    /// <summary>The guest function that was entered. Disposing code asks for it.</summary>
    internal nuint Entry;

    /// <summary>The argument of <see cref="Function"/>. Disposing memory asks for it.</summary>
    internal nuint EntryArgument;

    /// <summary>Gets or sets the lowest byte the guest may use.</summary>
    internal nuint GuestStackLimit
    {
        readonly get => Stack.Limit;
        set => Stack.Limit = value;
    }

    /// <summary>Gets or sets the lowest byte of the guard region below the limit.</summary>
    internal nuint GuestGuardStart
    {
        readonly get => Stack.Start;
        set => Stack.Start = value;
    }
}
