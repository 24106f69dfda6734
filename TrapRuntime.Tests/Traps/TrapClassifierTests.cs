using FluentAssertions;
using TrapRuntime.Platforms;
using TrapRuntime.Platforms.Linux;
using TrapRuntime.Traps;
using Xunit;

namespace TrapRuntime.Tests.Traps;

public sealed class TrapClassifierTests
{
    private const int SIGILL = 4;
    private const int SIGBUS = 7;
    private const int SIGFPE = 8;
    private const int SIGSEGV = 11;
    private const int SI_KERNEL = 0x80;
    private const int SI_USER = 0;
    private const int SI_TKILL = -6;
    private const nuint FrameSize = 0x1000;
    private const nuint FarFromGuard = 0x18000;
    private const nuint NearGuard = 0x10800;

    private static readonly AddressRange s_guard = new(0x8000, 0x10000);

    /// <summary>What the address of a fault points at.</summary>
    public enum Where
    {
        Nothing,
        Elsewhere,
        GuardStart,
        GuardEnd,
        PastGuard,
        Memory,
        NonCanonical,
    }

    /// <summary>Signal, code, address, payload, site, code expected: one row a combination, written out by rule 6 of the architecture.</summary>
    public static TheoryData<int, int, Where, TrapCode, TrapCode, TrapCode> Combinations()
    {
        TheoryData<int, int, Where, TrapCode, TrapCode, TrapCode> rows = [];
        (int Signal, int Code)[] reasons =
        [
            (SIGSEGV, 1), (SIGSEGV, 2), (SIGSEGV, 3), (SIGSEGV, 4), (SIGSEGV, SI_KERNEL), (SIGSEGV, SI_USER), (SIGSEGV, SI_TKILL),
            (SIGBUS, 1), (SIGBUS, 2), (SIGBUS, 3), (SIGBUS, 4), (SIGBUS, 5), (SIGBUS, SI_KERNEL), (SIGBUS, SI_USER), (SIGBUS, SI_TKILL),
            (SIGILL, 1), (SIGILL, 2), (SIGILL, 5), (SIGILL, SI_KERNEL), (SIGILL, SI_USER), (SIGILL, SI_TKILL),
            (SIGFPE, 1), (SIGFPE, 2), (SIGFPE, 3), (SIGFPE, 7), (SIGFPE, SI_KERNEL), (SIGFPE, SI_USER), (SIGFPE, SI_TKILL),
        ];
        foreach ((int signal, int code) in reasons)
        {
            foreach (Where where in Enum.GetValues<Where>())
            {
                foreach (TrapCode payload in (TrapCode[])[TrapCode.None, TrapCode.UnreachableCodeReached])
                {
                    foreach (TrapCode site in (TrapCode[])[TrapCode.None, TrapCode.BadSignature])
                    {
                        rows.Add(signal, code, where, payload, site, Expected(signal, code, where, payload, site));
                    }
                }
            }
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Combinations))]
    public void Each_combination_has_its_code(int signal, int code, Where where, TrapCode payload, TrapCode site, TrapCode expected)
    {
        TrapFacts facts = new()
        {
            Kind = LinuxFaults.KindOf(signal, code),
            Address = AddressOf(where),
            Payload = payload,
            Site = site,
            StackPointer = FarFromGuard,
            Guard = s_guard,
            SignalFrameSize = FrameSize,
            IsInMemory = where == Where.Memory,
            IsNonCanonical = where == Where.NonCanonical,
        };

        TrapClassifier.Classify(facts).Should().Be(expected);
    }

    [Theory]
    [InlineData(0x18000u, false, TrapCode.None)]
    [InlineData(0x10800u, false, TrapCode.StackOverflow)]
    [InlineData(0x10800u, true, TrapCode.None)]
    [InlineData(0x8000u, false, TrapCode.StackOverflow)]
    [InlineData(0x7fffu, false, TrapCode.None)]
    [InlineData(0x10fffu, false, TrapCode.StackOverflow)]
    [InlineData(0x11000u, false, TrapCode.None)]
    public void A_signal_frame_that_did_not_fit_is_a_stack_overflow(uint stackPointer, bool isNonCanonical, TrapCode expected)
    {
        TrapFacts facts = new()
        {
            Kind = FaultKind.MemoryAccessWithoutAddress,
            StackPointer = stackPointer,
            Guard = s_guard,
            SignalFrameSize = FrameSize,
            IsNonCanonical = isNonCanonical,
        };

        TrapClassifier.Classify(facts).Should().Be(expected);
    }

    [Fact]
    public void An_address_outside_the_guard_is_no_overflow_however_deep_the_stack_is()
    {
        TrapFacts facts = new()
        {
            Kind = FaultKind.MemoryAccess,
            Address = 0x10000,
            StackPointer = NearGuard,
            Guard = s_guard,
            SignalFrameSize = FrameSize,
        };

        TrapClassifier.Classify(facts).Should().Be(TrapCode.None);
    }

    [Theory]
    [InlineData(FaultKind.IntegerDivide, (int)Divisor.Zero, TrapCode.IntegerDivisionByZero)]
    [InlineData(FaultKind.IntegerDivide, (int)Divisor.NonZero, TrapCode.IntegerOverflow)]
    [InlineData(FaultKind.IntegerDivide, (int)Divisor.Unknown, TrapCode.None)]
    [InlineData(FaultKind.IntegerOverflow, (int)Divisor.Unknown, TrapCode.IntegerOverflow)]
    [InlineData(FaultKind.FloatingPoint, (int)Divisor.Zero, TrapCode.None)]
    internal void A_division_is_told_by_its_divisor(FaultKind kind, int divisor, TrapCode expected) =>
        TrapClassifier.Classify(new TrapFacts { Kind = kind, Divisor = (Divisor)divisor }).Should().Be(expected);

    [Fact]
    public void A_trap_site_wins_over_the_divisor() => TrapClassifier.Classify(new TrapFacts
    {
        Kind = FaultKind.IntegerDivide,
        Divisor = Divisor.Zero,
        Site = TrapCode.BadConversionToInteger,
    }).Should().Be(TrapCode.BadConversionToInteger);

    private static nuint? AddressOf(Where where) => where switch
    {
        Where.Elsewhere => 0x1234,
        Where.GuardStart => s_guard.Start,
        Where.GuardEnd => s_guard.End - 1,
        Where.PastGuard => s_guard.End,
        Where.Memory => 0x40_0000,
        _ => null,
    };

    private static TrapCode Expected(int signal, int code, Where where, TrapCode payload, TrapCode site)
    {
        bool isLostMemory = signal == SIGBUS && code is 4 or 5;
        if (code <= 0 || (signal == SIGBUS && isLostMemory))
        {
            return TrapCode.None;
        }

        if (signal == SIGILL && payload != TrapCode.None)
        {
            return payload;
        }

        if (site != TrapCode.None)
        {
            return site;
        }

        bool isAligned = !(signal == SIGBUS && code == 1);
        bool isAccess = (signal is SIGSEGV or SIGBUS) && code != SI_KERNEL;
        return (where, isAccess) switch
        {
            (Where.GuardStart or Where.GuardEnd, true) when isAligned => TrapCode.StackOverflow,
            (Where.Memory, true) => isAligned ? TrapCode.HeapAccessOutOfBounds : TrapCode.HeapMisaligned,
            _ => signal == SIGFPE && code == 2 ? TrapCode.IntegerOverflow : TrapCode.None,
        };
    }
}
