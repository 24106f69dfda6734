using System.Runtime.InteropServices;
using TrapRuntime.Calls;
using TrapRuntime.MachineCode;
using TrapRuntime.Signals;

namespace TrapRuntime;

/// <summary>An address that guest code can call, with the platform's C calling convention; its target runs on the host stack.</summary>
/// <remarks>
/// Thread-safe. Keep it until after every guest that may call it has ended; then dispose it, or its entry stays taken. Called by code that is
/// on the host stack already, it runs its target in place: should that end a guest that waits for the host, the guest ends as soon as the code
/// it waits for has returned; the first of several reasons counts, and guests that this code still calls are turned away as interrupted.
/// An exception that leaves a target called in place while no guest waits on the thread ends the process: nobody could catch it.
/// </remarks>
public sealed unsafe class HostFunction : IDisposable
{
    private readonly HostEntry _entry;
    private GCHandle _self;
    private int _disposed;

    private HostFunction(GuestSignature signature, HostCallback? callback, nint target)
    {
        Signature = signature;
        Callback = callback;
        ThunkSet thunks = TrapPath.Ensure().Thunks;
        _self = callback is null ? default : GCHandle.Alloc(this);
        try
        {
            _entry = HostSlots.Take(new HostSlot
            {
                Adapter = callback is null ? thunks.HostCall : thunks.HostCallback,
                Target = target,
                StackWords = signature.StackWords,
                Context = callback is null ? 0 : GCHandle.ToIntPtr(_self),
            });
        }
        catch
        {
            FreeSelf();
            throw;
        }
    }

    /// <summary>Gets the address to give to guest code.</summary>
    /// <exception cref="ObjectDisposedException">The function was disposed.</exception>
    public nint Address
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed != 0, this);
            return _entry.Code;
        }
    }

    /// <summary>Gets the parameters and the result.</summary>
    public GuestSignature Signature { get; }

    /// <summary>Gets the managed target, or null.</summary>
    internal HostCallback? Callback { get; }

    /// <summary>Makes a host function of a callback. It may throw: the exception crosses the guest and comes out of the guest call.</summary>
    /// <param name="signature">What the guest passes and expects.</param>
    /// <param name="callback">The target.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="OutOfMemoryException">There is no memory for its entry.</exception>
    public static HostFunction Create(GuestSignature signature, HostCallback callback)
    {
        ArgumentNullException.ThrowIfNull(signature);
        ArgumentNullException.ThrowIfNull(callback);
        return new HostFunction(signature, callback, HostDispatch.Address);
    }

    /// <summary>Makes a host function of an unmanaged-callable method with the same parameters: the fastest kind. It must not throw.</summary>
    /// <param name="target">The address of an <see cref="UnmanagedCallersOnlyAttribute"/> method, or of native code that wants the host stack.</param>
    /// <param name="signature">What the guest passes and expects.</param>
    /// <exception cref="ArgumentException">The target is 0.</exception>
    /// <exception cref="ArgumentNullException">The signature is null.</exception>
    /// <exception cref="OutOfMemoryException">There is no memory for its entry.</exception>
    public static HostFunction FromUnmanaged(nint target, GuestSignature signature)
    {
        if (target == 0)
        {
            throw new ArgumentException("A host function needs a target.", nameof(target));
        }

        ArgumentNullException.ThrowIfNull(signature);
        return new HostFunction(signature, null, target);
    }

    /// <summary>Gives the entry back. No guest may call it any more.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            HostSlots.Return(_entry);
            FreeSelf();
        }
    }

    private void FreeSelf()
    {
        if (_self.IsAllocated)
        {
            _self.Free();
        }
    }
}
