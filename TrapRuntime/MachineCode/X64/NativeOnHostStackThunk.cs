namespace TrapRuntime.MachineCode.X64;

/// <summary>Runs a function of the guest's choice on the host stack.</summary>
/// <remarks>Wasmer: <c>on_host_stack</c>.</remarks>
internal static class NativeOnHostStackThunk
{
    // In:  rdi = function, rsi = its argument. Out: rax = what it returned; or gone to the exit label.
    // Clobbers: what the C convention lets a call clobber.
    internal static void Emit(X64Emitter e, ThunkEnvironment environment, ThunkLabels labels)
    {
        e.Bind(labels.NativeOnHostStack);
        HostSwitch.EmitEnter(e, environment);
        e.Move(Reg64.Rax, Reg64.Rdi);
        e.Move(Reg64.Rdi, Reg64.Rsi);
        e.Call(Reg64.Rax);
        HostSwitch.EmitLeave(e, labels);
    }
}
