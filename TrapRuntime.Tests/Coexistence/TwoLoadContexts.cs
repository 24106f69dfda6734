using System.Reflection;
using System.Runtime.Loader;
using TrapRuntime.AotSmoke.Guests;

namespace TrapRuntime.Tests.Coexistence;

/// <summary>TrapRuntime loaded twice by one CoreCLR: two copies of every static, two sets of gates.</summary>
internal static unsafe class TwoLoadContexts
{
    private const int Threads = 4;
    private const int Rounds = 200;
    private const nint Wild = 0x10;

    /// <summary>Runs the scenario in a process of its own.</summary>
    internal static string? Run()
    {
        // Neither of the copies is this one, which is still being initialised: its other threads would wait for that.
        Type first = Load("first");
        Type second = Load("second");
        return first == second || first == typeof(TwoLoadContexts)
            ? "There are no two copies."
            : Method<Func<Func<string?>, string?>>(first, nameof(RunBeside))(Method<Func<string?>>(second, nameof(TrapOnce)));
    }

    /// <summary>Traps on several threads, in turns with another copy.</summary>
    internal static string? RunBeside(Func<string?> other)
    {
        string? wrong = null;
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(_ => new Thread(() => wrong = Alternate(other) ?? wrong))];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        return wrong;
    }

    /// <summary>One trap and one managed fault, by the copy that this method belongs to; then this copy goes on top.</summary>
    internal static string? TrapOnce()
    {
        using GuestCode code = ReadGuest.Emit();
        Trap? trap = GuestCall.CatchTraps((delegate* unmanaged<void*, void>)code.Start, (void*)Wild).Trap;
        _ = TrapHandlers.EnsureTopmost();
        return trap?.FaultAddress == (nuint)Wild ? null : $"a copy's trap came to {trap?.ToString() ?? "a return"}";
    }

    private static string? Alternate(Func<string?> other)
    {
        for (int i = 0; i < Rounds; i++)
        {
            string? wrong = TrapOnce() ?? other();
            if (wrong is not null)
            {
                return wrong;
            }
        }

        return null;
    }

    private static Type Load(string name)
    {
        string path = typeof(TwoLoadContexts).Assembly.Location;
        return new CopyContext(name, Path.GetDirectoryName(path)!).LoadFromAssemblyPath(path).GetType(typeof(TwoLoadContexts).FullName!)!;
    }

    private static TDelegate Method<TDelegate>(Type copy, string name)
        where TDelegate : Delegate =>
        copy.GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!.CreateDelegate<TDelegate>();

    private sealed class CopyContext(string name, string folder) : AssemblyLoadContext(name)
    {
        protected override Assembly? Load(AssemblyName assemblyName) => assemblyName.Name == "TrapRuntime"
            ? LoadFromAssemblyPath(Path.Combine(folder, "TrapRuntime.dll"))
            : null;
    }
}
