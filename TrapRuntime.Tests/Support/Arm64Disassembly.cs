using System.Diagnostics;
using System.Text;

namespace TrapRuntime.Tests.Support;

/// <summary>aarch64 code as LLVM reads it. Needs <c>llvm-mc</c> on the path; a test without it fails, it is not skipped.</summary>
internal static class Arm64Disassembly
{
    private const int InstructionSize = 4;

    /// <summary>Prints all of the code, one instruction a line. An invalid one makes the call fail.</summary>
    internal static IReadOnlyList<string> Print(byte[] code)
    {
        using Process process = Process.Start(new ProcessStartInfo("llvm-mc", ["--disassemble", "--triple=aarch64"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> complaints = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(Bytes(code));
        process.StandardInput.Close();
        process.WaitForExit();
        Task.WaitAll(output, complaints);

        return complaints.Result.Length == 0
            ? [.. output.Result.Split('\n').Select(WithoutComment).Where(line => line is not ("" or ".text"))]
            : throw new InvalidOperationException(complaints.Result);
    }

    private static string WithoutComment(string line) => line.Split("//")[0].Trim().Replace('\t', ' ');

    private static string Bytes(byte[] code)
    {
        StringBuilder text = new();
        foreach (byte[] instruction in code.Chunk(InstructionSize))
        {
            text.AppendJoin(' ', instruction.Select(value => $"0x{value:x2}")).Append('\n');
        }

        return text.ToString();
    }
}
