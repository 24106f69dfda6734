using System.Runtime.InteropServices;

namespace TrapRuntime.Platforms.Linux;

/// <summary>A program header of a 64-bit ELF image (elf(5)).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Elf64_Phdr
{
    /// <summary>The value of <see cref="p_type"/> for a segment that the loader maps.</summary>
    internal const uint PT_LOAD = 1;

    /// <summary>The bit of <see cref="p_flags"/> for executable segments.</summary>
    internal const uint PF_X = 1;

    /// <summary>What the header describes.</summary>
    internal uint p_type;

    /// <summary>Execute, write, read.</summary>
    internal uint p_flags;

    /// <summary>Where it stands in the file.</summary>
    internal ulong p_offset;

    /// <summary>Its address, relative to the image.</summary>
    internal ulong p_vaddr;

    /// <summary>Unused on Linux.</summary>
    internal ulong p_paddr;

    /// <summary>Bytes in the file.</summary>
    internal ulong p_filesz;

    /// <summary>Bytes in memory.</summary>
    internal ulong p_memsz;

    /// <summary>Alignment in bytes.</summary>
    internal ulong p_align;
}
