using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using TrapRuntime.Interop;

namespace TrapRuntime.Platforms.Linux;

/// <summary>Loaded ELF images, from dl_iterate_phdr(3).</summary>
internal static unsafe class LinuxImages
{
    /// <inheritdoc cref="PlatformImages.FindExecutableSegments"/>
    internal static AddressRange[] FindExecutableSegments(nuint address)
    {
        Search search = new() { Address = address };
        _ = Libc.DlIteratePhdr(&Visit, &search);
        AddressRange[] found = search.Found[..search.Count].ToArray();
        Array.Sort(found, static (a, b) => a.Start.CompareTo(b.Start));
        return found;
    }

    // Runs under the loader's lock: it allocates nothing and cannot throw.
    [UnmanagedCallersOnly]
    private static int Visit(void* info, nuint size, void* data)
    {
        dl_phdr_info* image = (dl_phdr_info*)info;
        Search* search = (Search*)data;
        bool inside = false;
        search->Count = 0;
        for (int i = 0; i < image->dlpi_phnum; i++)
        {
            Elf64_Phdr* header = image->dlpi_phdr + i;
            if (header->p_type != Elf64_Phdr.PT_LOAD || header->p_memsz == 0)
            {
                continue;
            }

            // An image linked for a higher address has a bias that wraps.
            nuint start = unchecked(image->dlpi_addr + (nuint)header->p_vaddr);
            AddressRange segment = new(start, start + (nuint)header->p_memsz);
            inside |= segment.Contains(search->Address);
            if ((header->p_flags & Elf64_Phdr.PF_X) != 0 && search->Count < Segments.Length)
            {
                search->Found[search->Count++] = segment;
            }
        }

        search->Count = inside ? search->Count : 0;
        return inside ? 1 : 0;
    }

    private struct Search
    {
        internal nuint Address;
        internal int Count;
        internal Segments Found;
    }

    // Linkers make one executable segment, some make two or three; eight leave room.
    [InlineArray(Length)]
    private struct Segments
    {
        internal const int Length = 8;
        private AddressRange _first;
    }
}
