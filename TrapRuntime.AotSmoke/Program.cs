using TrapRuntime;
unsafe
{
    // mov rax,[0]; ret | ret | rec: push rbp; mov rbp,rsp; sub rsp,64; call rec | xor ecx,ecx;mov eax,5;cdq;idiv ecx | ud1 0xC9
    GuestCode Emit(string hex, string n) => GuestCode.Emit(Convert.FromHexString(hex), new GuestCodeInfo { Name = n });
    var segv = Emit("488B042500000000C3", "segv");
    var ret = Emit("C3", "ret");
    var rec = Emit("554889E54883EC40E8F3FFFFFFC3", "rec");
    var div = Emit("31C9B80500000099F7F9C3", "div");
    var ud1 = Emit("0FB9C9", "ud1");
    var nc = Emit("48B80000000000008080488B00C3", "noncanonical");
    foreach (var c in new[] { ret, segv, rec, rec, div, ud1, nc })
    {
        var r = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)c.Start, null);
        Console.WriteLine($"{c.Name}: {r.Trap?.ToString() ?? "returned"}"[..Math.Min(200, $"{c.Name}: {r.Trap?.ToString() ?? "returned"}".Length)]);
    }
    try { string? s = args.Length > 100 ? "" : null; Console.WriteLine(s!.Length); } catch (NullReferenceException) { Console.WriteLine("NRE ok"); }
    try { int z = args.Length > 100 ? 1 : 0; Console.WriteLine(1 / z); } catch (DivideByZeroException) { Console.WriteLine("DZ ok"); }
    var sw = System.Diagnostics.Stopwatch.StartNew();
    for (int k = 0; k < 5; k++) { sw.Restart(); for (int i = 0; i < 1000000; i++) GuestCall.CatchTraps((delegate* unmanaged<void*, void>)ret.Start, null); Console.WriteLine($"{sw.Elapsed.TotalNanoseconds / 1000000} ns"); }
    for (int k = 0; k < 5; k++) { sw.Restart(); for (int i = 0; i < 100000; i++) GuestCall.CatchTraps((delegate* unmanaged<void*, void>)segv.Start, null); Console.WriteLine($"{sw.Elapsed.TotalNanoseconds / 100000} ns trap"); }
    Console.WriteLine(TrapHandlers.GetStatistics());
}
