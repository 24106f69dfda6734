using System.Globalization;
using TrapRuntime.WasmSuite.Instances;
using TrapRuntime.WasmSuite.Modules;
using TrapRuntime.WasmSuite.Reports;
using TrapRuntime.WasmSuite.Wast;

namespace TrapRuntime.WasmSuite.Running;

/// <summary>One run of a script, on one thread.</summary>
internal sealed class ScriptRun : IDisposable
{
    // Far more than any script takes; a guest that does not end by itself is ended by this.
    private static readonly TimeSpan s_timeLimit = TimeSpan.FromSeconds(120);

    private readonly PreparedScript _script;
    private readonly ScriptReport _report;
    private readonly CancellationTokenSource _limit = new(s_timeLimit);
    private readonly ScriptHost _host = new();
    private readonly Spectest _spectest;
    private readonly List<ModuleInstance> _instances = [];
    private readonly Dictionary<string, ModuleSlot> _named = [];
    private readonly Dictionary<string, IExporter> _registered = [];
    private readonly Dictionary<string, ModuleSlot> _missing = [];
    private ModuleSlot _current = new(null, "there is no module", false);

    private ScriptRun(PreparedScript script)
    {
        _script = script;
        _report = new ScriptReport(script.Name);
        _spectest = new Spectest(_host);
        _registered.Add(Spectest.Name, _spectest);
    }

    /// <summary>Runs a script.</summary>
    internal static ScriptReport Run(PreparedScript script)
    {
        using ScriptRun run = new(script);
        foreach (SkippedForm form in script.Skipped)
        {
            run._report.Skip(form.Form.Line, form.Reason);
        }

        foreach (PreparedCommand command in script.Commands)
        {
            run.Execute(command);
        }

        return run._report;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _instances.ForEach(instance => instance.Dispose());
        _spectest.Dispose();
        _host.Dispose();
        _limit.Dispose();
    }

    private void Execute(PreparedCommand prepared)
    {
        ScriptCommand command = prepared.Command;
        if (command.Unsupported is not null)
        {
            _report.Skip(command.Line, command.Unsupported);
            return;
        }

        int skipped = _report.Skips.Count;
        try
        {
            switch (command.Kind)
            {
                case CommandKind.Module:
                    DefineModule(prepared);
                    break;
                case CommandKind.Register:
                    Register(command);
                    break;
                case CommandKind.AssertRefused:
                    AssertRefused(prepared);
                    break;
                case CommandKind.AssertUnlinkable:
                    AssertUnlinkable(prepared);
                    break;
                case CommandKind.AssertUninstantiable:
                    AssertUninstantiable(prepared);
                    break;
                default:
                    Act(command);
                    break;
            }
        }
        catch (Exception error)
        {
            _report.Fail(command.Line, $"{command.Keyword}: {error.GetType().Name}: {error.Message}");
        }

        _report.Commands += _report.Skips.Count == skipped ? 1 : 0;
    }

    private void DefineModule(PreparedCommand prepared)
    {
        ScriptCommand command = prepared.Command;
        ModuleSlot slot = Instantiate(prepared, out Trap? trap);
        if (slot.Instance is null && !slot.HasFailed)
        {
            SkipModule(command.Line, slot.Missing!);
        }
        else if (slot.HasFailed)
        {
            _report.Fail(command.Line, slot.Missing!);
        }
        else if (trap is not null)
        {
            slot = new ModuleSlot(null, $"the module of line {Number(command.Line)} trapped", true);
            _report.Fail(command.Line, $"module: {trap.Message}");
        }

        ReleaseCurrent();
        _current = slot;
        if (command.Name is not null)
        {
            slot.IsNamed = true;
            _named[command.Name] = slot;
        }
    }

    // A module that wast2json did not read was reported with the forms; here it is the empty one in its place.
    private void SkipModule(int line, string reason)
    {
        if (!_script.Skipped.Any(form => form.Form.IsModule && form.Form.Line == line))
        {
            _report.Skip(line, reason);
        }
    }

    // Nothing can reach a module any more that has no name and left no reference to its functions with others.
    private void ReleaseCurrent()
    {
        if (_current is { Instance: { LeavesReferences: false } instance, IsNamed: false })
        {
            _ = _instances.Remove(instance);
            instance.Dispose();
        }
    }

    private ModuleSlot Instantiate(PreparedCommand prepared, out Trap? trap)
    {
        trap = null;
        ScriptCommand command = prepared.Command;
        BuiltModule module = prepared.Module!;
        if (module.LibraryPath is null)
        {
            return new ModuleSlot(null, module.Reason, false);
        }

        ModuleImport? missing = module.Outline!.Imports.FirstOrDefault(import => _missing.ContainsKey(import.Module));
        if (missing is not null)
        {
            return _missing[missing.Module] with { IsNamed = false };
        }

        try
        {
            string name = $"{_script.Name}:{Number(command.Line)}";
            ModuleInstance instance = new(module, name, _host, Linker.Resolve(module.Outline, _registered));
            _instances.Add(instance);
            trap = instance.Start(_limit.Token);
            return new ModuleSlot(instance, null, false);
        }
        catch (LinkException link)
        {
            return new ModuleSlot(null, $"module: {link.Message}", true);
        }
    }

    private void Register(ScriptCommand command)
    {
        ModuleSlot slot = Slot(command.Name);
        slot.IsNamed = true;
        _ = _registered.Remove(command.As);
        _ = _missing.Remove(command.As);
        if (slot.Instance is null)
        {
            _missing.Add(command.As, slot);
        }
        else
        {
            _registered.Add(command.As, slot.Instance);
        }
    }

    private void Act(ScriptCommand command)
    {
        ModuleSlot slot = Slot(command.Action!.Module);
        if (slot.Instance is null)
        {
            if (slot.HasFailed)
            {
                _report.Fail(command.Line, slot.Missing!);
            }
            else
            {
                _report.Skip(command.Line, slot.Missing!);
            }

            return;
        }

        CallOutcome outcome = command.Action.IsGet
            ? new CallOutcome(null, [slot.Instance.Get(command.Action.Field)])
            : slot.Instance.Call(command.Action.Field, [.. command.Action.Arguments.Select(argument => argument.Bits)], _limit.Token);
        switch (command.Kind)
        {
            case CommandKind.AssertReturn:
                _report.Judge(
                    outcome.Trap is null && ResultMatch.All(command.Expected, outcome.Results),
                    command.Line,
                    $"{command.Action.Field}: {(command.Expected.Count == 0 ? "nothing" : string.Join(", ", command.Expected))} expected, {Describe(outcome)}");
                break;
            case CommandKind.AssertTrap:
                JudgeTrap(command, outcome.Trap, Describe(outcome), isRightKind: true);
                break;
            case CommandKind.AssertExhaustion:
                JudgeTrap(command, outcome.Trap, Describe(outcome), isRightKind: outcome.Trap?.Code is TrapCode.StackOverflow);
                break;
            default:
                if (outcome.Trap is not null)
                {
                    _report.Fail(command.Line, $"{command.Action.Field}: {Describe(outcome)}");
                }

                break;
        }
    }

    private void AssertUninstantiable(PreparedCommand prepared)
    {
        ModuleSlot slot = Instantiate(prepared, out Trap? trap);
        if (slot.Instance is null && !slot.HasFailed)
        {
            _report.Skip(prepared.Command.Line, slot.Missing!);
            return;
        }

        JudgeTrap(prepared.Command, trap, trap?.Message ?? slot.Missing ?? "instantiated", isRightKind: true);
    }

    private void AssertUnlinkable(PreparedCommand prepared)
    {
        ScriptCommand command = prepared.Command;
        if (prepared.Module!.Outline is not { } outline)
        {
            _report.Skip(command.Line, prepared.Module.Reason!);
            return;
        }

        try
        {
            _ = Linker.Resolve(outline, _registered);
            _report.Fail(command.Line, $"assert_unlinkable: \"{command.Text}\" expected, linked");
        }
        catch (LinkException link)
        {
            _report.Judge(link.Message.StartsWith(command.Text, StringComparison.Ordinal), command.Line, $"\"{command.Text}\" expected, {link.Message}");
        }
    }

    private void AssertRefused(PreparedCommand prepared)
    {
        if (prepared.WasRefused)
        {
            _report.PassByTool();
        }
        else
        {
            _report.Skip(prepared.Command.Line, $"wabt accepts a module that it should refuse (\"{prepared.Command.Text}\")");
        }
    }

    private void JudgeTrap(ScriptCommand command, Trap? trap, string given, bool isRightKind) => _report.Judge(
        trap is not null && isRightKind && TrapWords.Match(trap, command.Text, _host.LastIndirectIndex),
        command.Line,
        $"{command.Keyword}: trap \"{command.Text}\" expected, {given}");

    private ModuleSlot Slot(string? name) => name is null
        ? _current
        : _named.GetValueOrDefault(name) ?? throw new InvalidOperationException($"The script names no module {name}.");

    private static string Describe(CallOutcome outcome) => outcome.Trap is { } trap
        ? $"trap \"{trap.Message}\""
        : outcome.Results.Count == 0 ? "nothing" : string.Join(", ", outcome.Results);

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
