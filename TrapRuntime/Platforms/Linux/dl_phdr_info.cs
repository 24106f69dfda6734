using System.Runtime.InteropServices;

namespace TrapRuntime.Platforms.Linux;

/// <summary>The head of the record that dl_iterate_phdr(3) hands out.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct dl_phdr_info
{
    /// <summary>What to add to the addresses in the program headers.</summary>
    internal nuint dlpi_addr;

    /// <summary>The path of the image.</summary>
    internal byte* dlpi_name;

    /// <summary>The program headers.</summary>
    internal Elf64_Phdr* dlpi_phdr;

    /// <summary>How many there are.</summary>
    internal ushort dlpi_phnum;
}
