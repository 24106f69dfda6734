using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TrapRuntime.Activations;
using TrapRuntime.MachineCode;
using TrapRuntime.Signals;
using TrapRuntime.Traps;

namespace TrapRuntime.Calls;

/// <summary>Where guest calls of managed host functions arrive, on the host stack.</summary>
internal static unsafe class HostDispatch
{
    /// <summary>Arguments up to this many are gathered on the stack.</summary>
    private const int ArgumentsOnStack = 16;

    /// <summary>Gets the address that the callback adapter calls.</summary>
    internal static nint Address => (nint)(delegate* unmanaged<HostSlot*, CallRegisters*, void>)&Dispatch;

    /// <summary>Ends the innermost guest of this thread as soon as its host function has returned to its thunk.</summary>
    internal static void End(HostRaise raise)
    {
        ThreadBlock* thread = CurrentThread.BlockOrNull;
        Activation* activation = thread == null ? null : thread->Innermost;
        if (activation == null || activation->HostCallFrame == 0)
        {
            Environment.FailFast("A host function was called outside any guest, by native code that no exception or trap can cross.", raise.Carried?.SourceException ?? raise.UserError);
        }

        // Called again in place, by native code that went on: what ended the guest first stands.
        if (activation->Reason == ActivationStatus.HostRaise)
        {
            return;
        }

        // An exception that crosses the guest brings its own trace.
        if (raise.Carried is null)
        {
            raise.Frames = TrapBuilder.FramesAtHostCall(activation, TrapPath.MaxBacktraceFrames);
        }

        CurrentThread.HolderOrNull!.Raise = raise;
        activation->Status |= (int)ActivationStatus.HostRaise;
        _ = Interlocked.Increment(ref thread->Attention);
    }

    [UnmanagedCallersOnly]
    [SuppressMessage("Design", "CA1031", Justification = "No exception may leave for native frames; every one is carried to the guest's caller.")]
    private static void Dispatch(HostSlot* slot, CallRegisters* registers)
    {
        // Read only by native code that called in place and gets no result because its guest is to end.
        registers->GeneralResult = 0;
        registers->VectorResult = 0;
        try
        {
            HostFunction function = (HostFunction)GCHandle.FromIntPtr(slot->Context).Target!;
            Call(function.Signature, function.Callback!, registers);
        }
        catch (GuestEndException end)
        {
            End(end.Raise);
        }
        catch (Exception error)
        {
            End(HostRaise.Exception(error));
        }
    }

    [SkipLocalsInit]
    private static void Call(GuestSignature signature, HostCallback callback, CallRegisters* registers)
    {
        int count = signature.Parameters.Length;
        Span<GuestValue> arguments = count <= ArgumentsOnStack ? stackalloc GuestValue[ArgumentsOnStack] : new GuestValue[count];
        arguments = arguments[..count];
        ArgumentTransfer.Load(signature, registers, arguments);
        HostCallContext context = new(arguments);
        GuestValue result = callback(ref context);
        if (context.Raise is not null)
        {
            End(context.Raise);
            return;
        }

        if (signature.Result is GuestValueKind kind && result.Kind != kind)
        {
            throw new InvalidOperationException($"A host function of the signature {signature} returned an {result.Kind}.");
        }

        registers->GeneralResult = result.Bits;
        registers->VectorResult = result.Bits;
    }
}
