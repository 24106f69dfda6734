namespace TrapRuntime.AotSmoke.Guests;

/// <summary><c>void stamp(int64_t* last)</c>: writes the processor's time-stamp counter, again and again, without end.</summary>
internal static class StampGuest
{
    internal const string Name = "stamp";

    internal static GuestCode Emit() => GuestCode.Emit(
        [
            0x0F, 0x31, // again: rdtsc
            0x48, 0xC1, 0xE2, 0x20, // shl rdx, 32
            0x48, 0x09, 0xD0, // or rax, rdx
            0x48, 0x89, 0x07, // mov [rdi], rax
            0xEB, 0xF2, // jmp again
        ],
        new GuestCodeInfo { Name = Name });
}
