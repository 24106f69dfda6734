using System.Runtime.Intrinsics.X86;
using TrapRuntime.Platforms;

namespace TrapRuntime.MachineCode.X64;

/// <summary>Emits all thunks of a process for System V on x86_64.</summary>
internal sealed class X64Thunks : ProcessorThunks
{
    /// <summary>Thunks start on cache lines.</summary>
    private const int Alignment = 64;

    /// <inheritdoc/>
    internal override int HostEntryBytes => HostSlotPageThunk.EntryBytes;

    /// <inheritdoc/>
    internal override int GeneralArguments => SystemVArguments.General.Length;

    /// <inheritdoc/>
    internal override int VectorArguments => SystemVArguments.Vector.Length;

    /// <inheritdoc/>
    internal override ThunkEnvironment WithProcessorFacts(ThunkEnvironment environment) => environment with
    {
        ProtectionKeysOffset = ProtectionKeys.FindOffset(),
        HasShadowStack = HasShadowStack(),
        HasUpperVectors = Avx.IsSupported,
    };

    /// <inheritdoc/>
    internal override ThunkSet Create(ThunkEnvironment environment)
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

    /// <inheritdoc/>
    internal override nint CreateGate(ThunkEnvironment environment, ThunkSet thunks, nint record)
    {
        X64Emitter e = new();
        GateThunk.Emit(e, environment, thunks, record);
        return MapForGood(e) + PlatformSignals.RestorerDistance;
    }

    /// <inheritdoc/>
    internal override nint CreateThreadEnd(in SystemCallNumbers calls, bool isLast)
    {
        X64Emitter e = new();
        ThreadEndThunk.Emit(e, calls, isLast);
        return MapForGood(e);
    }

    /// <inheritdoc/>
    internal override nint CreateFindThreadBlock(nint getSpecific, uint key)
    {
        X64Emitter e = new();
        FindThreadBlock.EmitSubroutine(e, getSpecific, key);
        return MapForGood(e);
    }

    /// <inheritdoc/>
    internal override CodeBuffer CreateReadThreadPointer()
    {
        X64Emitter e = new();
        ThreadPointerProbe.Emit(e);
        return Map(e.Finish());
    }

    /// <inheritdoc/>
    internal override byte[] EmitHostEntries(int codeBytes, int count) => HostSlotPageThunk.Emit(codeBytes, count);

    /// <summary>Asks whether this process runs with a shadow stack.</summary>
    /// <exception cref="OutOfMemoryException">No executable memory could be had.</exception>
    private static unsafe bool HasShadowStack()
    {
        X64Emitter e = new();
        ShadowStackProbe.Emit(e);
        using CodeBuffer code = Map(e.Finish());
        return ((delegate* unmanaged<nuint>)code.Start)() != 0;
    }

    private static nint MapForGood(X64Emitter e) => Map(e.Finish()).Start;

    private static CodeBuffer Map(byte[] code) =>
        CodeBuffer.TryCreate(code)
        ?? throw new OutOfMemoryException("TrapRuntime could not map memory for its thunks. Free address space or raise its limit.");
}
