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

    /// <summary>Ends the innermost guest of this thread with a trap code as soon as its host function has returned to its thunk.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void End(TrapCode code) => _ = TryEnd(code, null);

    /// <summary>The same with a trap code, an error or an exception.</summary>
    internal static void End(HostRaise raise)
    {
        if (TryEnd(raise.Code, raise.Carried?.SourceException ?? raise.UserError) && raise.Code == TrapCode.None)
        {
            CurrentThread.HolderOrNull!.Raise = raise;
        }
    }

    // Called again in place, by native code that went on: what ended the guest first stands.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryEnd(TrapCode code, Exception? error)
    {
        ThreadBlock* thread = CurrentThread.BlockOrNull;
        Activation* activation = thread == null ? null : thread->Innermost;
        if (activation == null || activation->HostCallFrame == 0)
        {
            Environment.FailFast("A host function was called outside any guest, by native code that no exception or trap can cross.", error);
        }

        if (activation->Reason == ActivationStatus.HostRaise)
        {
            return false;
        }

        activation->RaisedCode = (int)code;
        activation->Status |= (int)ActivationStatus.HostRaise;
        thread->Raised = 1;
        return true;
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
            if (function.Signature.Parameters.IsEmpty)
            {
                Call(function, registers, []);
            }
            else
            {
                CallWithArguments(function, registers);
            }
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
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CallWithArguments(HostFunction function, CallRegisters* registers)
    {
        int count = function.Signature.Parameters.Length;
        Span<GuestValue> arguments = count <= ArgumentsOnStack ? stackalloc GuestValue[ArgumentsOnStack] : new GuestValue[count];
        arguments = arguments[..count];
        ArgumentTransfer.Load(function.Signature, registers, arguments);
        Call(function, registers, arguments);
    }

    private static void Call(HostFunction function, CallRegisters* registers, ReadOnlySpan<GuestValue> arguments)
    {
        HostCallContext context = new(arguments);
        GuestValue result = function.Callback!(ref context);
        if (context.Code != TrapCode.None)
        {
            End(context.Code);
        }
        else if (context.Error is not null)
        {
            End(HostRaise.User(context.Error));
        }
        else
        {
            if (function.Signature.Result is GuestValueKind kind && result.Kind != kind)
            {
                ThrowOtherResult(function.Signature, result.Kind);
            }

            registers->GeneralResult = result.Bits;
            registers->VectorResult = result.Bits;
        }
    }

    [DoesNotReturn]
    private static void ThrowOtherResult(GuestSignature signature, GuestValueKind kind) =>
        throw new InvalidOperationException($"A host function of the signature {signature} returned an {kind}.");
}
