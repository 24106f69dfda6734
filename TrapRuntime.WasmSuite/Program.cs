using TrapRuntime;
using TrapRuntime.WasmSuite;
using TrapRuntime.WasmSuite.Tools;

const int Success = 0;
const int Failure = 1;
const int WrongUsage = 2;

SuiteOptions options;
try
{
    options = SuiteOptions.Parse(args);
}
catch (ArgumentException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    Console.Error.WriteLine(SuiteOptions.Usage);
    return WrongUsage;
}

if (!TrapHandlers.IsSupported)
{
    Console.Error.WriteLine("Guests cannot run on this platform.");
    return Failure;
}

try
{
    return Suite.Run(options) ? Success : Failure;
}
catch (ToolMissingException missing)
{
    Console.Error.WriteLine(missing.Message);
    return WrongUsage;
}
