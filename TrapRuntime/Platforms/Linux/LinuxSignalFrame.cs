using TrapRuntime.Interop;

namespace TrapRuntime.Platforms.Linux;

/// <summary>The size of a signal frame on Linux.</summary>
internal static class LinuxSignalFrame
{
    /// <summary>The entry with the smallest signal stack that holds a frame of this processor (getauxval(3)).</summary>
    private const nuint AT_MINSIGSTKSZ = 51;

    /// <summary>What kernels before 5.14, which do not say, may need: the frame with AVX-512 state is some 3.3 KiB.</summary>
    private const nuint Fallback = 4096;

    /// <summary>Skipped below the interrupted stack pointer (System V ABI, x86_64, 3.2.2).</summary>
    private const nuint RedZone = 128;

    /// <summary>The vector state is aligned to this.</summary>
    private const nuint Alignment = 64;

    /// <summary>Gives the bytes below the stack pointer that a delivery may touch.</summary>
    internal static nuint GetSize()
    {
        nuint frame = Libc.GetAuxVal(AT_MINSIGSTKSZ);
        return (frame == 0 ? Fallback : frame) + RedZone + Alignment;
    }
}
