namespace TrapRuntime.Tests.Support;

/// <summary>Cancels from another thread as soon as a word is not zero.</summary>
internal sealed unsafe class Canceller : IDisposable
{
    private readonly Thread _thread;

    internal Canceller(CancellationTokenSource source, long* started)
    {
        nint word = (nint)started;
        _thread = new Thread(() =>
        {
            while (Volatile.Read(ref *(long*)word) == 0)
            {
                _ = Thread.Yield();
            }

            source.Cancel();
        });
        _thread.Start();
    }

    public void Dispose() => _thread.Join();
}
