using System.Runtime.InteropServices;

namespace TrapRuntime.AotSmoke.Coexistence;

/// <summary>A thread of the C library's making, on a stack of our choice. Linux.</summary>
internal static unsafe partial class NativeThread
{
    private const nuint StackSize = 8 * 1024 * 1024;
    private const int AttributeBytes = 256; // pthread_attr_t is smaller
    private const int PROT_READ = 1;
    private const int PROT_WRITE = 2;
    private const int MAP_PRIVATE = 2;
    private const int MAP_ANONYMOUS = 0x20;
    private const int MAP_FIXED_NOREPLACE = 0x100000;
    private const string Library = "libc";

    /// <summary>32 TiB: far below where the kernel puts mappings by itself, guest stacks included.</summary>
    private static readonly nint s_low = unchecked((nint)0x2000_0000_0000);

    private static Func<string?>? s_body;
    private static string? s_result;

    /// <summary>Runs something on a thread whose stack lies below everything else.</summary>
    internal static string? RunOnLowStack(Func<string?> body)
    {
        nint stack = MMap(s_low, StackSize, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED_NOREPLACE, -1, 0);
        if (stack != s_low)
        {
            return "There is no room for a low stack.";
        }

        byte* attributes = stackalloc byte[AttributeBytes];
        nint thread = 0;
        s_body = body;
        int error = AttrInit(attributes);
        error = error != 0 ? error : AttrSetStack(attributes, stack, StackSize);
        error = error != 0 ? error : Create(&thread, attributes, &Start, 0);
        return error != 0 || Join(thread, 0) != 0 ? $"The thread could not be made (error {error})." : s_result;
    }

    [UnmanagedCallersOnly]
    private static nint Start(nint unused)
    {
        try
        {
            s_result = s_body!();
        }
        catch (Exception error)
        {
            s_result = error.ToString();
        }

        return 0;
    }

    [LibraryImport(Library, EntryPoint = "mmap")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint MMap(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport(Library, EntryPoint = "pthread_attr_init")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int AttrInit(byte* attributes);

    [LibraryImport(Library, EntryPoint = "pthread_attr_setstack")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int AttrSetStack(byte* attributes, nint stack, nuint size);

    [LibraryImport(Library, EntryPoint = "pthread_create")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Create(nint* thread, byte* attributes, delegate* unmanaged<nint, nint> start, nint argument);

    [LibraryImport(Library, EntryPoint = "pthread_join")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Join(nint thread, nint result);
}
