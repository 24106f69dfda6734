using System.Reflection;
using System.Reflection.Emit;
using TrapRuntime.Platforms;

namespace TrapRuntime.Tests.Handlers.Intermediate;

/// <summary>
/// Follows a method's calls through its intermediate code and lists whatever code inside a signal handler must not do. The
/// compiler to machine code may add to it; the check of the published executable looks at that.
/// </summary>
internal sealed class HandlerScan
{
    private const byte TwoByteOpcode = 0xFE;
    private const BindingFlags All = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> s_opcodes = typeof(OpCodes).GetFields().Select(f => (OpCode)f.GetValue(null)!).ToDictionary(o => o.Value);

    private static readonly string[] s_inside = ["TrapRuntime.Handlers", "TrapRuntime.Activations", "TrapRuntime.Platforms", "TrapRuntime.Platforms.Linux"];

    private static readonly HashSet<OpCode> s_forbidden =
    [
        OpCodes.Newarr, OpCodes.Box, OpCodes.Unbox, OpCodes.Unbox_Any, OpCodes.Throw, OpCodes.Rethrow, OpCodes.Ldstr, OpCodes.Ldtoken, OpCodes.Ldftn,
        OpCodes.Ldvirtftn, OpCodes.Calli, OpCodes.Castclass, OpCodes.Isinst, OpCodes.Localloc, OpCodes.Cpblk, OpCodes.Initblk,
        OpCodes.Conv_Ovf_I, OpCodes.Conv_Ovf_U, OpCodes.Conv_Ovf_I4, OpCodes.Conv_Ovf_U4, OpCodes.Conv_Ovf_I_Un, OpCodes.Conv_Ovf_U_Un,
        OpCodes.Conv_Ovf_I4_Un, OpCodes.Conv_Ovf_U4_Un, OpCodes.Add_Ovf, OpCodes.Add_Ovf_Un, OpCodes.Sub_Ovf, OpCodes.Sub_Ovf_Un, OpCodes.Mul_Ovf,
        OpCodes.Mul_Ovf_Un,
    ];

    /// <summary>Divisions throw unless they divide by a constant, as the difference of two pointers does.</summary>
    private static readonly HashSet<OpCode> s_divisions = [OpCodes.Div, OpCodes.Div_Un, OpCodes.Rem, OpCodes.Rem_Un];

    private readonly List<string> _wrong = [];
    private readonly HashSet<MethodBase> _reached = [];

    /// <summary>Gets what must not be, in words.</summary>
    internal IReadOnlyList<string> Wrong => _wrong;

    /// <summary>Gets the methods that were looked at.</summary>
    internal IReadOnlySet<MethodBase> Reached => _reached;

    /// <summary>Looks at everything some methods reach.</summary>
    internal static HandlerScan From(params IEnumerable<MethodBase> roots)
    {
        HandlerScan scan = new();
        foreach (MethodBase root in roots)
        {
            scan.Visit(root);
        }

        return scan;
    }

    private static string NameOf(MethodBase method) => $"{method.DeclaringType}.{method.Name}";

    private void Visit(MethodBase method)
    {
        // A constructed generic method has its definition's code.
        method = method is MethodInfo { IsGenericMethod: true } generic ? generic.GetGenericMethodDefinition() : method;
        if (!_reached.Add(method))
        {
            return;
        }

        if (method.IsAbstract)
        {
            VisitImplementations(method);
            return;
        }

        if (method.GetMethodBody() is not { } body)
        {
            _wrong.Add($"{NameOf(method)} is not made of intermediate code: a P/Invoke, or the runtime's own");
            return;
        }

        if (body.ExceptionHandlingClauses.Count > 0)
        {
            _wrong.Add($"{NameOf(method)} handles exceptions");
        }

        byte[] code = body.GetILAsByteArray()!;
        OpCode previous = OpCodes.Nop;
        for (int at = 0; at < code.Length;)
        {
            short value = code[at++];
            if (value == TwoByteOpcode)
            {
                value = unchecked((short)((TwoByteOpcode << 8) | code[at++]));
            }

            OpCode opcode = s_opcodes[value];
            Look(method, opcode, code.AsSpan(at), previous);
            previous = opcode;
            at += OperandBytes(opcode, code.AsSpan(at));
        }
    }

    // The handler calls the context through the interface that every platform's implements.
    private void VisitImplementations(MethodBase method)
    {
        Type seam = method.DeclaringType!;
        if (seam != typeof(IMachineContext))
        {
            _wrong.Add($"{NameOf(method)} is virtual");
            return;
        }

        foreach (Type type in seam.Assembly.GetTypes().Where(type => type.IsValueType && seam.IsAssignableFrom(type)))
        {
            Visit(type.GetMethod(method.Name, All)!);
        }
    }

    private void Look(MethodBase method, OpCode opcode, ReadOnlySpan<byte> operand, OpCode previous)
    {
        if (s_forbidden.Contains(opcode) || (s_divisions.Contains(opcode) && !previous.Name!.StartsWith("ldc.", StringComparison.Ordinal)))
        {
            _wrong.Add($"{NameOf(method)} uses {opcode}");
        }

        switch (opcode.OperandType)
        {
            case OperandType.InlineMethod:
                LookAtCall(method, opcode, (MethodBase)Resolve(method, operand), previous == OpCodes.Constrained);
                break;
            case OperandType.InlineField when Resolve(method, operand) is FieldInfo { IsStatic: true } field:
                LookAtStatic(method, field);
                break;
            default:
                break;
        }
    }

    private void LookAtCall(MethodBase method, OpCode opcode, MethodBase callee, bool constrained)
    {
        Type type = callee.DeclaringType!;
        if (opcode == OpCodes.Newobj && !type.IsValueType)
        {
            _wrong.Add($"{NameOf(method)} makes an object: {type}");
        }
        else if (opcode == OpCodes.Callvirt && !constrained)
        {
            _wrong.Add($"{NameOf(method)} calls through an object: {NameOf(callee)}");
        }
        else if (type.Assembly == typeof(IMachineContext).Assembly && s_inside.Contains(type.Namespace))
        {
            Visit(callee);
        }
        else if (!type.IsPrimitive)
        {
            _wrong.Add($"{NameOf(method)} leaves the handler for {NameOf(callee)}");
        }
    }

    private void LookAtStatic(MethodBase method, FieldInfo field)
    {
        if (field.IsDefined(typeof(ThreadStaticAttribute), false) || field.DeclaringType!.TypeInitializer is not null || !field.FieldType.IsValueType)
        {
            _wrong.Add($"{NameOf(method)} uses the static {field.DeclaringType}.{field.Name}");
        }
    }

    private static MemberInfo Resolve(MethodBase method, ReadOnlySpan<byte> operand) => method.Module.ResolveMember(
        BitConverter.ToInt32(operand),
        method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null,
        method.IsGenericMethod ? method.GetGenericArguments() : null)!;

    private static int OperandBytes(OpCode opcode, ReadOnlySpan<byte> operand) => opcode.OperandType switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => sizeof(byte),
        OperandType.InlineVar => sizeof(short),
        OperandType.InlineI8 or OperandType.InlineR => sizeof(long),
        OperandType.InlineSwitch => sizeof(int) * (1 + BitConverter.ToInt32(operand)),
        _ => sizeof(int),
    };
}
