using FluentAssertions;
using TrapRuntime.Traps;
using Xunit;

namespace TrapRuntime.Tests.Traps;

public sealed unsafe class RetiredTablesTests
{
    private bool _isJudging;

    [Fact]
    public void Tables_are_freed_in_batches_when_nothing_is_judged()
    {
        RetiredTables tables = new(() => _isJudging);
        Retire(tables, (RetiredTables.AskEvery * 3) + 1);
        tables.Waiting.Should().Be(1);
    }

    [Fact]
    public void Nothing_is_freed_while_a_signal_is_judged()
    {
        _isJudging = true;
        RetiredTables tables = new(() => _isJudging);
        Retire(tables, RetiredTables.AskEvery * 3);
        tables.Waiting.Should().Be(RetiredTables.AskEvery * 3);
        tables.TryFree().Should().BeFalse();

        _isJudging = false;
        tables.TryFree().Should().BeTrue();
        tables.Waiting.Should().Be(0);
    }

    [Fact]
    public void Absent_table_is_ignored()
    {
        RetiredTables tables = new(() => _isJudging);
        tables.Retire(null);
        tables.Waiting.Should().Be(0);
    }

    [Fact]
    public void Threads_are_looked_at_once_a_batch()
    {
        int asked = 0;
        RetiredTables tables = new(() => ++asked > 0);
        Retire(tables, RetiredTables.AskEvery * 4);
        asked.Should().Be(4);
        _isJudging = false;
    }

    private static void Retire(RetiredTables tables, int count)
    {
        for (int i = 0; i < count; i++)
        {
            tables.Retire(CodeTables.Allocate(1));
        }
    }
}
