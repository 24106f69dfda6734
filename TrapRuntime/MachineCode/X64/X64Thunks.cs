using TrapRuntime.Platforms;

namespace TrapRuntime.MachineCode.X64;

/// <summary>Emits all thunks of a process for System V on x86_64.</summary>
internal static class X64Thunks
{
    /// <summary>Thunks start on cache lines.</summary>
    private const int Alignment = 64;

    /// <summary>Emits the thunks into one buffer, which is never freed: a late signal may still come to it.</summary>
    /// <exception cref="OutOfMemoryException">No executable memory could be had.</exception>
    internal static ThunkSet Create(ThunkEnvironment environment)
    {
        X64Emitter e = new();
        ThunkLabels labels = Emit(e, environment);
        CodeBuffer code = Map(e.Finish());
        nint Address(CodeLabel label) => code.Start + e.OffsetOf(label);
        return new ThunkSet
        {
            Enter = Address(labels.Enter),
            EnterWindow = Address(labels.EnterWindow),
            ExitLabel = Address(labels.Exit),
            Unwound = Address(labels.Unwound),
            Judge = Address(labels.Judge),
            NativeRaise = Address(labels.NativeRaise),
            NativeOnHostStack = Address(labels.NativeOnHostStack),
            HostCall = Address(labels.HostCall),
            HostCallback = Address(labels.HostCallback),
            GuestEntry = Address(labels.GuestEntry),
            SafeCopy = Address(labels.SafeCopy),
            Start = code.Start,
            End = code.Start + (nint)code.Length,
        };
    }

    /// <summary>Emits the thunks without mapping them, for the golden listing.</summary>
    internal static ThunkLabels Emit(X64Emitter e, ThunkEnvironment environment)
    {
        ThunkLabels labels = new(e);
        EnterThunk.Emit(e, environment, labels);
        e.Align(Alignment);
        LeaveThunk.Emit(e, labels);
        e.Align(Alignment);
        HostCallThunk.Emit(e, environment, labels);
        e.Align(Alignment);
        HostCallbackThunk.Emit(e, environment, labels);
        e.Align(Alignment);
        NativeOnHostStackThunk.Emit(e, environment, labels);
        e.Align(Alignment);
        NativeRaiseThunk.Emit(e, environment, labels);
        e.Align(Alignment);
        GuestEntryThunk.Emit(e, labels);
        e.Align(Alignment);
        SafeCopyThunk.Emit(e, labels);
        e.Align(Alignment);
        JudgeThunk.Emit(e, environment, labels);
        return labels;
    }

    /// <summary>Emits one gate, never freed.</summary>
    /// <returns>Its entry; its own way back into the kernel stands <see cref="PlatformSignals.RestorerDistance"/> ahead of it.</returns>
    /// <exception cref="OutOfMemoryException">No executable memory could be had.</exception>
    internal static nint CreateGate(ThunkEnvironment environment, ThunkSet thunks, nint record) =>
        MapGate(environment, thunks, record) + PlatformSignals.RestorerDistance;

    /// <summary>Emits a thread-end destructor, never freed: <c>void (ThreadBlock*)</c>.</summary>
    /// <exception cref="OutOfMemoryException">No executable memory could be had.</exception>
    internal static nint CreateThreadEnd(in SystemCallNumbers calls, bool isLast = true)
    {
        X64Emitter e = new();
        ThreadEndThunk.Emit(e, calls, isLast);
        return Map(e.Finish()).Start;
    }

    /// <summary>Emits the subroutine that asks the C library for the thread block, never freed.</summary>
    /// <exception cref="OutOfMemoryException">No executable memory could be had.</exception>
    internal static nint CreateFindThreadBlock(nint getSpecific, uint key)
    {
        X64Emitter e = new();
        FindThreadBlock.EmitSubroutine(e, getSpecific, key);
        return Map(e.Finish()).Start;
    }

    /// <summary>Emits a function that reads a word at the thread pointer: <c>size_t (void)</c>.</summary>
    /// <exception cref="OutOfMemoryException">No executable memory could be had.</exception>
    internal static CodeBuffer CreateReadThreadPointer()
    {
        X64Emitter e = new();
        ThreadPointerProbe.Emit(e);
        return Map(e.Finish());
    }

    /// <summary>Asks whether this process runs with a shadow stack.</summary>
    /// <exception cref="OutOfMemoryException">No executable memory could be had.</exception>
    internal static unsafe bool HasShadowStack()
    {
        X64Emitter e = new();
        ShadowStackProbe.Emit(e);
        using CodeBuffer code = Map(e.Finish());
        return ((delegate* unmanaged<nuint>)code.Start)() != 0;
    }

    private static nint MapGate(ThunkEnvironment environment, ThunkSet thunks, nint record)
    {
        X64Emitter e = new();
        GateThunk.Emit(e, environment, thunks, record);
        return Map(e.Finish()).Start;
    }

    private static CodeBuffer Map(byte[] code) =>
        CodeBuffer.TryCreate(code)
        ?? throw new OutOfMemoryException("TrapRuntime could not map memory for its thunks. Free address space or raise its limit.");
}
