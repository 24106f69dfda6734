using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.Tests.Handlers.Published;

/// <summary>A few functions that an executable could hold, each at an address of its own.</summary>
internal sealed class FakeImage : ICodeImage
{
    private const ulong FirstAddress = 0x10_0000;
    private const ulong Distance = 0x1_0000;
    private const int NearCallBytes = 5;
    private const byte NearCall = 0xE8;

    private readonly List<(CodeSymbol Symbol, byte[] Code)> _functions = [];

    /// <summary>Adds a function.</summary>
    internal FakeImage Add(string name, Action<X64Emitter> emit)
    {
        X64Emitter e = new();
        emit(e);
        return Add(name, e.Finish());
    }

    /// <summary>Adds a function that calls one added before, and returns.</summary>
    internal FakeImage AddCaller(string name, string callee)
    {
        long distance = (long)Find(callee)!.Value.Start - (long)(NextAddress + NearCallBytes);
        return Add(name, [NearCall, .. BitConverter.GetBytes(checked((int)distance)), .. Return()]);
    }

    public CodeSymbol? Find(string name) => _functions.Find(function => function.Symbol.Name == name).Symbol is { Size: > 0 } symbol ? symbol : null;

    public CodeSymbol? At(ulong address) => _functions.Find(function => function.Symbol.Contains(address)).Symbol is { Size: > 0 } symbol ? symbol : null;

    public byte[] Read(CodeSymbol symbol) => _functions.Find(function => function.Symbol == symbol).Code;

    private ulong NextAddress => FirstAddress + (Distance * (ulong)_functions.Count);

    private FakeImage Add(string name, byte[] code)
    {
        _functions.Add((new CodeSymbol(name, NextAddress, (ulong)code.Length), code));
        return this;
    }

    private static byte[] Return()
    {
        X64Emitter e = new();
        e.Return();
        return e.Finish();
    }
}
