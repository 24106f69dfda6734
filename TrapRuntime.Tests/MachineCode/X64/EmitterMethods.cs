using System.Reflection;
using System.Runtime.ExceptionServices;
using TrapRuntime.MachineCode;
using TrapRuntime.MachineCode.X64;

namespace TrapRuntime.Tests.MachineCode.X64;

/// <summary>The emitter's methods as data, so that one added later is tested without being listed.</summary>
internal static class EmitterMethods
{
    /// <summary>Calls every method that takes general registers, once per such parameter with a bad one in its place.</summary>
    internal static IEnumerable<Action<X64Emitter>> WithOneBadRegister(Reg64 bad) =>
        from method in typeof(X64Emitter).GetMethods(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        where method.IsAssembly
        from parameter in method.GetParameters()
        where parameter.ParameterType == typeof(Reg64)
        select (Action<X64Emitter>)(emitter => Call(emitter, method, parameter, bad));

    private static void Call(X64Emitter emitter, MethodInfo method, ParameterInfo spoiled, Reg64 bad)
    {
        object?[] arguments = [.. method.GetParameters().Select(p => p.Position == spoiled.Position ? bad : Sound(emitter, p))];
        try
        {
            method.Invoke(emitter, arguments);
        }
        catch (TargetInvocationException e) when (e.InnerException is not null)
        {
            ExceptionDispatchInfo.Throw(e.InnerException);
        }
    }

    private static object Sound(X64Emitter emitter, ParameterInfo parameter) =>
        parameter.ParameterType == typeof(CodeLabel) ? emitter.NewLabel()
        : parameter.ParameterType == typeof(int) ? 1
        : Activator.CreateInstance(parameter.ParameterType)!;
}
