namespace TrapRuntime.MachineCode.X64;

/// <summary>
/// The entries of many host functions: a page-sized run of code, followed by their data at the same distance for each. The
/// code is written once and never again, so entries can come and go while others run.
/// </summary>
internal static class HostSlotPageThunk
{
    /// <summary>The code of one entry: an address computation and a jump, padded.</summary>
    internal const int EntryBytes = 16;

    // In:  a C call. Out: gone to the slot's adapter with r11 = HostSlot*. Clobbers: r11.
    internal static unsafe byte[] Emit(int codeBytes, int count)
    {
        X64Emitter e = new();
        CodeLabel[] data = new CodeLabel[count];
        for (int i = 0; i < count; i++)
        {
            data[i] = e.NewLabel();
            e.AddressOf(Reg64.R11, data[i]);
            e.JumpMemory(Reg64.R11, HostSlotOffsets.Adapter);
            e.Align(EntryBytes);
        }

        e.Align(codeBytes);
        for (int i = 0; i < count; i++)
        {
            e.Bind(data[i]);
            e.Reserve(sizeof(HostSlot));
        }

        return e.Finish()[..codeBytes];
    }
}
