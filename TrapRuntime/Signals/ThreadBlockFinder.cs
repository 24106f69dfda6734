using TrapRuntime.MachineCode;
using TrapRuntime.Platforms;

namespace TrapRuntime.Signals;

/// <summary>
/// Finds out where the C library keeps the value of our thread key, so that thunks read it without a call. Believed only after
/// it was seen to follow the key on two threads; else the library's own function is asked.
/// </summary>
internal static unsafe class ThreadBlockFinder
{
    /// <summary>Values no library would store by chance.</summary>
    private const long FirstProbe = 0x5452_4150_5254_0011;
    private const long SecondProbe = 0x5452_4150_5254_0026;

    /// <summary>Each value of glibc follows its key's sequence number.</summary>
    private const int SequenceDistance = sizeof(long);

    /// <summary>Finds the way for a fresh key. The calling thread's value is null afterwards.</summary>
    internal static ThreadBlockAccess Find(uint key)
    {
        PlatformSignals signals = PlatformSignals.Current;
        ThreadBlockAccess access = new() { Subroutine = ProcessorThunks.Current.CreateFindThreadBlock(signals.GetThreadValueFunction, key) };
        if (signals.ThreadPointerSearchBytes == 0)
        {
            return access;
        }

        using CodeBuffer code = ProcessorThunks.Current.CreateReadThreadPointer();
        nint read = code.Start;
        int here = Search(read, key);
        int there = 0;
        Thread other = new(() => there = Search(read, key));
        other.Start();
        other.Join();
        if (here == 0 || here != there)
        {
            return access;
        }

        long sequence = Sequence(read, key, here);
        return sequence is > 0 and <= int.MaxValue
            ? access with { ValueOffset = here, SequenceOffset = here - SequenceDistance, Sequence = (int)sequence }
            : access;
    }

    private static int Search(nint readThreadPointer, uint key)
    {
        PlatformSignals signals = PlatformSignals.Current;
        nint pointer = ((delegate* unmanaged<nint>)readThreadPointer)();
        int found = 0;
        for (int offset = SequenceDistance; offset < signals.ThreadPointerSearchBytes && found == 0; offset += sizeof(nint))
        {
            signals.SetThreadValue(key, (void*)FirstProbe);

            // SAFETY: the range lies within the C library's thread record, which begins at the thread pointer.
            bool first = *(long*)(pointer + offset) == FirstProbe;
            signals.SetThreadValue(key, (void*)SecondProbe);
            found = first && *(long*)(pointer + offset) == SecondProbe ? offset : 0;
        }

        signals.SetThreadValue(key, null);
        return found;
    }

    private static long Sequence(nint readThreadPointer, uint key, int offset)
    {
        PlatformSignals.Current.SetThreadValue(key, (void*)FirstProbe);
        nint pointer = ((delegate* unmanaged<nint>)readThreadPointer)();
        long sequence = *(long*)(pointer + offset - SequenceDistance);
        PlatformSignals.Current.SetThreadValue(key, null);
        return sequence;
    }
}
