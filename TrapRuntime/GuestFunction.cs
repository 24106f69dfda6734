using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using TrapRuntime.Calls;
using TrapRuntime.MachineCode;
using TrapRuntime.Signals;

namespace TrapRuntime;

/// <summary>A function in guest code with the platform's C calling convention, callable with values.</summary>
/// <remarks>Thread-safe. The code must stay registered while it is called. Wasmer: <c>wasmer_call_trampoline</c>.</remarks>
public sealed unsafe class GuestFunction
{
    /// <summary>Stack arguments up to this many words are gathered on the host's stack.</summary>
    private const int WordsOnStack = 64;

    /// <summary>Names a function.</summary>
    /// <param name="address">Its first instruction.</param>
    /// <param name="signature">Its parameters and result.</param>
    /// <exception cref="ArgumentException">The address is 0.</exception>
    /// <exception cref="ArgumentNullException">The signature is null.</exception>
    public GuestFunction(nint address, GuestSignature signature)
    {
        if (address == 0)
        {
            throw new ArgumentException("A guest function cannot lie at address 0.", nameof(address));
        }

        ArgumentNullException.ThrowIfNull(signature);
        Address = address;
        Signature = signature;
    }

    /// <summary>Gets the first instruction.</summary>
    public nint Address { get; }

    /// <summary>Gets the parameters and the result.</summary>
    public GuestSignature Signature { get; }

    /// <summary>Calls the function on a guest stack.</summary>
    /// <param name="arguments">One value for each parameter, of its kind.</param>
    /// <param name="result">The result; the default value when the function has none, or trapped.</param>
    /// <param name="config">What this call wants otherwise than the process.</param>
    /// <param name="cancellationToken">Stops the guest, wherever it is; if cancelled already, the guest never runs.</param>
    /// <returns>The trap that ended the guest, if any.</returns>
    /// <exception cref="ArgumentException">The arguments do not fit the signature. Nothing ran.</exception>
    /// <exception cref="InvalidOperationException">No <see cref="GuestCode"/> holds the function. Nothing ran.</exception>
    /// <exception cref="OutOfMemoryException">This is the thread's first call, and there is no memory for its signal stack. Nothing ran.</exception>
    /// <exception cref="Exception">Whatever a host function let out: the same object, with its stack trace.</exception>
    [SkipLocalsInit]
    public TrapResult Invoke(
        ReadOnlySpan<GuestValue> arguments,
        out GuestValue result,
        VMConfig? config = null,
        CancellationToken cancellationToken = default)
    {
        CheckArguments(arguments);
        int words = Signature.StackWords;
        ulong* onStack = stackalloc ulong[words <= WordsOnStack ? words : 0];
        fixed (ulong* onHeap = words <= WordsOnStack ? null : new ulong[words])
        {
            CallRegisters registers;
            registers.StackArguments = onHeap == null ? onStack : onHeap;
            registers.StackWords = words;
            registers.Target = Address;
            ArgumentTransfer.Store(Signature, arguments, &registers);

            nint thunk = TrapPath.Ensure().Thunks.GuestEntry;
            TrapResult trap = cancellationToken.CanBeCanceled
                ? CancellableRun.Enter(thunk, (nuint)Address, &registers, config, 0, cancellationToken)
                : GuestRun.Enter(thunk, (nuint)Address, &registers, config, 0, null);
            result = trap.IsTrap ? default : ArgumentTransfer.LoadResult(Signature, &registers);
            return trap;
        }
    }

    private void CheckArguments(ReadOnlySpan<GuestValue> arguments)
    {
        ReadOnlySpan<GuestValueKind> parameters = Signature.Parameters;
        if (arguments.Length != parameters.Length)
        {
            ThrowWrongCount(arguments);
        }

        for (int i = 0; i < parameters.Length; i++)
        {
            if (arguments[i].Kind != parameters[i])
            {
                ThrowWrongKind(arguments, i);
            }
        }
    }

    [DoesNotReturn]
    private void ThrowWrongCount(ReadOnlySpan<GuestValue> arguments) => throw new ArgumentException(
        $"The guest function 0x{Address:x} {Signature} takes {Signature.Parameters.Length} arguments, not {arguments.Length}.", nameof(arguments));

    [DoesNotReturn]
    private void ThrowWrongKind(ReadOnlySpan<GuestValue> arguments, int index) => throw new ArgumentException(
        $"Argument {index} of the guest function 0x{Address:x} {Signature} must be an {Signature.Parameters[index]}, not an {arguments[index].Kind}.", nameof(arguments));
}
