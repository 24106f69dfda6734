namespace TrapRuntime.AotSmoke.Examples;

/// <summary>The README's first program, which a test compares with the README.</summary>
internal static class FirstProgram
{
    internal static void Run()
    {
        // void divide(int* state): state[2] = state[0] / state[1]      (x86_64, System V calling convention)
        ReadOnlySpan<byte> divide =
        [
            0x8B, 0x07,             // mov  eax, [rdi]
            0x99,                   // cdq
            0xF7, 0x7F, 0x04,       // idiv dword [rdi + 4]
            0x89, 0x47, 0x08,       // mov  [rdi + 8], eax
            0xC3,                   // ret
        ];
        using GuestCode code = GuestCode.Emit(divide, new GuestCodeInfo { Name = "divide" });

        unsafe
        {
            var entry = (delegate* unmanaged<void*, void>)code.Start;
            int* state = stackalloc int[] { 84, 2, 0 };

            TrapResult result = GuestCall.CatchTraps(entry, state);
            Console.WriteLine($"{result.IsTrap} {state[2]}");                          // False 42

            state[1] = 0;
            result = GuestCall.CatchTraps(entry, state);
            Console.WriteLine($"{result.Trap?.Code}: {result.Trap?.Message}");         // IntegerDivisionByZero: integer divide by zero

            result = GuestCall.CatchTraps(entry, null);
            Console.WriteLine($"{result.Trap?.Code} {result.Trap?.FaultAddress:x}");   // None 0: a wild read, and no rule that names it
        }
    }
}
