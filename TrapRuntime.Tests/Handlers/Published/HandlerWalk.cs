using Iced.Intel;

namespace TrapRuntime.Tests.Handlers.Published;

/// <summary>
/// Follows a function's direct calls and jumps through an executable, and lists whatever code inside a signal handler must not
/// do: leave this library, go where only a register knows, use thread-local storage or statics, call the system, take much stack.
/// </summary>
internal sealed class HandlerWalk
{
    /// <summary>Frames are small: a handful of saved registers and locals. A large copy or a stack allocation would show.</summary>
    internal const int MostStackBytes = 256;

    private const int Bitness = 64;

    private static readonly string[] s_inside =
    [
        "TrapRuntime_TrapRuntime_Handlers_", "TrapRuntime_TrapRuntime_Platforms_", "TrapRuntime_TrapRuntime_Activations_",
    ];

    private readonly ICodeImage _image;
    private readonly List<string> _wrong = [];
    private readonly SortedDictionary<string, int> _reached = new(StringComparer.Ordinal);

    private HandlerWalk(ICodeImage image) => _image = image;

    /// <summary>Gets what must not be, in words.</summary>
    internal IReadOnlyList<string> Wrong => _wrong;

    /// <summary>Gets the functions that were looked at, with the bytes of stack each takes.</summary>
    internal IReadOnlyDictionary<string, int> Reached => _reached;

    /// <summary>Looks at everything a function reaches.</summary>
    /// <exception cref="ArgumentException">There is no such function.</exception>
    internal static HandlerWalk From(ICodeImage image, string name)
    {
        HandlerWalk walk = new(image);
        walk.Visit(image.Find(name) ?? throw new ArgumentException($"The executable has no function '{name}'.", nameof(name)));
        return walk;
    }

    private void Visit(CodeSymbol function)
    {
        if (!_reached.TryAdd(function.Name, 0))
        {
            return;
        }

        Decoder decoder = Decoder.Create(Bitness, _image.Read(function), function.Start);
        int stack = 0;
        while (decoder.IP < function.Start + function.Size)
        {
            Instruction instruction = decoder.Decode();
            Look(function, instruction);
            stack += StackBytes(instruction);
        }

        _reached[function.Name] = stack;
        if (stack > MostStackBytes)
        {
            _wrong.Add($"{function.Name} takes {stack} bytes of stack");
        }
    }

    // Epilogues give nothing back here: the sum is what a frame takes at most.
    private static int StackBytes(in Instruction instruction) => instruction.Mnemonic switch
    {
        Mnemonic.Push => sizeof(ulong),
        Mnemonic.Sub when instruction.Op0Register == Register.RSP && instruction.Op1Kind == OpKind.Register => int.MaxValue / 2,
        Mnemonic.Sub when instruction.Op0Register == Register.RSP => checked((int)instruction.GetImmediate(1)),
        _ => 0,
    };

    private void Look(CodeSymbol function, in Instruction instruction)
    {
        string where = $"{function.Name}+0x{instruction.IP - function.Start:x}: {instruction}";
        if (instruction.IsInvalid || instruction.Mnemonic is Mnemonic.Syscall or Mnemonic.Int3 or Mnemonic.Ud2 or Mnemonic.Int)
        {
            _wrong.Add($"{where} has no place in a handler");
        }

        if (instruction.SegmentPrefix is Register.FS or Register.GS)
        {
            _wrong.Add($"{where} uses thread-local storage");
        }

        if (instruction.HasRepPrefix || instruction.HasRepnePrefix)
        {
            _wrong.Add($"{where} copies or searches in bulk");
        }

        if (instruction.IsIPRelativeMemoryOperand)
        {
            _wrong.Add($"{where} uses static data: {_image.At(instruction.IPRelativeMemoryAddress)?.Name ?? "unnamed"}");
        }

        switch (instruction.FlowControl)
        {
            case FlowControl.IndirectCall or FlowControl.IndirectBranch:
                _wrong.Add($"{where} goes where only a register knows");
                break;
            case FlowControl.Call or FlowControl.UnconditionalBranch or FlowControl.ConditionalBranch
                when !function.Contains(instruction.NearBranchTarget) || instruction.FlowControl == FlowControl.Call:
                Follow(where, instruction.NearBranchTarget);
                break;
            default:
                break;
        }
    }

    private void Follow(string where, ulong target)
    {
        CodeSymbol? callee = _image.At(target);
        if (callee is { } function && function.Start == target && s_inside.Any(prefix => function.Name.StartsWith(prefix, StringComparison.Ordinal)))
        {
            Visit(function);
        }
        else
        {
            _wrong.Add($"{where} leaves the handler for {callee?.Name ?? "unnamed code"}");
        }
    }
}
