using System.Runtime.CompilerServices;
using TrapRuntime.Activations;

namespace TrapRuntime.Traps;

/// <summary>Walks guest stacks by frame pointer: the frame pointer leads to the caller's, the word above it is the return address.</summary>
/// <remarks>
/// Nothing on a guest stack is trusted. A step reads only inside the usable bytes of the stack it is on, the frame pointer must be
/// aligned and go up, and the walk ends where that fails: a trace has no holes. Guests without frame pointers give the program counter
/// only. When a frame returns to the exit label, the activation below it goes on from its host call.
/// </remarks>
internal static unsafe class Backtrace
{
    private static nuint FrameSize => 2 * (nuint)sizeof(nuint);

    /// <summary>Collects program counters, innermost first: exact for the first, return addresses minus one for the others.</summary>
    /// <param name="counter">The program counter of the innermost frame.</param>
    /// <param name="frame">The frame pointer there.</param>
    /// <param name="innermost">The activation it belongs to; its stack must still be mapped, those of its parents too.</param>
    /// <param name="process">The exit label and the thunks, whose frames are left out.</param>
    /// <param name="counters">Where they go; its length is the most that is collected.</param>
    /// <returns>How many there are.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int Walk(nuint counter, nuint frame, Activation* innermost, ProcessBlock* process, Span<nuint> counters)
    {
        if (counters.IsEmpty)
        {
            return 0;
        }

        counters[0] = counter;
        fixed (nuint* first = counters)
        {
            return 1 + WalkFrames(frame, innermost, process, first + 1, first + counters.Length);
        }
    }

    /// <summary>Collects program counters of a guest that waits in a host function, whose frame is <see cref="Activation.HostCallFrame"/>.</summary>
    /// <inheritdoc cref="Walk"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static int WalkFromHostCall(Activation* innermost, ProcessBlock* process, Span<nuint> counters)
    {
        if (innermost->HostCallFrame == 0)
        {
            return 0;
        }

        fixed (nuint* first = counters)
        {
            return WalkFrames(innermost->HostCallFrame, innermost, process, first, first + counters.Length);
        }
    }

    // A method of its own, on plain pointers: inlined, or on spans, its loop is half as long again, and each trap goes through it frame by frame.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int WalkFrames(nuint frame, Activation* activation, ProcessBlock* process, nuint* counters, nuint* end)
    {
        // Read once, because the compiler has to think that what is collected may overwrite them.
        nuint exitLabel = process->ExitLabel;
        nuint thunks = process->ThunksStart;
        nuint thunksLength = process->ThunksEnd - thunks;
        nuint lowest = activation->GuestStackLimit;
        nuint highest = activation->GuestStackTop - FrameSize;
        nuint* next = counters;
        while (next < end && frame >= lowest && frame <= highest && frame % (nuint)sizeof(nuint) == 0)
        {
            // SAFETY: both words lie inside the usable bytes of this activation's stack, by the test above.
            nuint caller = *(nuint*)frame;
            nuint returnAddress = *((nuint*)frame + 1);
            if (returnAddress - thunks < thunksLength)
            {
                if (returnAddress == exitLabel)
                {
                    activation = activation->Parent;
                    if (activation == null)
                    {
                        break;
                    }

                    frame = activation->HostCallFrame;
                    lowest = activation->GuestStackLimit;
                    highest = activation->GuestStackTop - FrameSize;
                    continue;
                }
            }
            else if (returnAddress == 0)
            {
                break;
            }
            else
            {
                *next++ = returnAddress - 1;
            }

            lowest = frame + FrameSize;
            frame = caller;
        }

        return (int)(next - counters);
    }
}
