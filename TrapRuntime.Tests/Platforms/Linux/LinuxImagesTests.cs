using System.Runtime.InteropServices;
using FluentAssertions;
using TrapRuntime.Platforms;
using TrapRuntime.Platforms.Linux;
using Xunit;

namespace TrapRuntime.Tests.Platforms.Linux;

public sealed class LinuxImagesTests
{
    [Fact]
    public void Exported_function_lies_in_an_executable_segment_of_its_image()
    {
        nuint function = ExportOf("strlen");

        AddressRange[] segments = LinuxImages.FindExecutableSegments(function);

        segments.Any(segment => segment.Contains(function)).Should().BeTrue();
        segments.Should().BeInAscendingOrder(static segment => segment.Start);
    }

    [Fact]
    public void Segments_agree_with_the_executable_mappings_of_the_process()
    {
        nuint function = ExportOf("memcpy");

        foreach (AddressRange segment in LinuxImages.FindExecutableSegments(function))
        {
            ExecutableMappings().Any(mapping => mapping.Start <= segment.Start && segment.End <= mapping.End).Should().BeTrue();
        }
    }

    [Fact]
    public unsafe void Address_outside_every_image_has_no_segments()
    {
        int local = 0;
        LinuxImages.FindExecutableSegments((nuint)(&local)).Should().BeEmpty();
    }

    private static nuint ExportOf(string name) => (nuint)NativeLibrary.GetExport(NativeLibrary.Load("libc.so.6"), name);

    private static IEnumerable<AddressRange> ExecutableMappings() =>
        from line in File.ReadLines("/proc/self/maps")
        where line.Split(' ')[1].Contains('x', StringComparison.Ordinal)
        let bounds = line.Split(' ')[0].Split('-')
        select new AddressRange((nuint)Convert.ToUInt64(bounds[0], 16), (nuint)Convert.ToUInt64(bounds[1], 16));
}
