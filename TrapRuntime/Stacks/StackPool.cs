using System.Numerics;
using TrapRuntime.Activations;

namespace TrapRuntime.Stacks;

/// <summary>The stacks that no thread keeps for itself: bounded, newest first, without locks.</summary>
/// <remarks>
/// A pooled stack is one word: the page-aligned start of its mapping with its size class in the low bits. The word says
/// all there is to say, so one compare-and-swap moves a stack in or out, and the ABA problem has no bite: a word that left and
/// came back stands for a stack that left and came back. Words live in shards, a thread starts in its own and visits the others
/// only when that one cannot help. One that nests deeply goes through shard after shard and back; it goes on where it was helped last,
/// or each stack would cost it a search of all the shards it is done with. Wasmer: <c>STACK_POOL</c>.
/// <code>
/// shard   hint | word | word | 0 | 0 ...      put: first 0 from the hint upwards, take: first fit below the hint
/// </code>
/// </remarks>
internal sealed class StackPool
{
    /// <summary>How many stacks the pool holds unless configured otherwise.</summary>
    internal const int DefaultMaxCount = 256;

    /// <summary>
    /// The most bytes of address space that pooled stacks of more than <see cref="LargeStack"/> bytes take up together;
    /// smaller ones are bounded well enough by their count, and so need no counter that all threads write to.
    /// </summary>
    internal const long MaxLargeBytes = 512L * 1024 * 1024;

    /// <summary>The largest usable size, in bytes, that is bounded by count alone.</summary>
    internal const int LargeStack = 2 * 1024 * 1024;

    // Shards: enough that 16 busy threads seldom meet, few enough that a search of all of them stays short.
    // A power of two, as any number of shards is, so that finding one takes no division.
    private const int MaxShards = 16;
    private const int MinWordsPerShard = 8;
    private const int WordsPerCacheLine = 8;
    private const nuint ClassMask = 0xF;

    private static StackPool s_shared = new(DefaultMaxCount, GuardedStack.DefaultGuardSize);

    // All shards in one array: [hint, words..., padding] each. The padding keeps neighbours off each other's cache lines.
    private readonly nuint[] _words;
    private readonly int _shardCount;
    private readonly int _stride;

    // The first _shardsWithOneMore shards take what does not divide evenly, so that the words add up to MaxCount.
    private readonly int _wordsPerShard;
    private readonly int _shardsWithOneMore;
    private long _largeBytes;

    /// <summary>Makes an empty pool.</summary>
    /// <param name="maxCount">The most stacks it holds; 0 makes a pool that refuses every stack.</param>
    /// <param name="guardSize">The guard region, in bytes, of the stacks it holds.</param>
    internal StackPool(int maxCount, nuint guardSize)
    {
        MaxCount = maxCount;
        GuardSize = GuardedStack.RoundGuard(guardSize);
        int wanted = Math.Clamp(maxCount / MinWordsPerShard, 1, MaxShards);
        _shardCount = 1 << BitOperations.Log2((uint)wanted);
        (_wordsPerShard, _shardsWithOneMore) = Math.DivRem(maxCount, _shardCount);
        int hintAndWords = 1 + _wordsPerShard + 1;
        _stride = (((hintAndWords + WordsPerCacheLine - 1) / WordsPerCacheLine) + 1) * WordsPerCacheLine;
        _words = new nuint[_shardCount * _stride];
    }

    /// <summary>Gets the pool of the process.</summary>
    internal static StackPool Shared => Volatile.Read(ref s_shared);

    /// <summary>Gets the most stacks the pool holds.</summary>
    internal int MaxCount { get; }

    /// <summary>Gets the size of the guard region, in bytes, of the pool's stacks.</summary>
    internal nuint GuardSize { get; }

    /// <summary>Replaces the pool of the process. Meant for start-up: stacks in use keep their old guard and are unmapped when they come back.</summary>
    /// <param name="maxCount">The most stacks the pool holds.</param>
    /// <param name="guardSize">The guard region of every stack, in bytes.</param>
    /// <param name="hygiene">What happens to a stack's contents between calls.</param>
    internal static void Configure(int maxCount, nuint guardSize, StackHygiene hygiene)
    {
        StackCache.Hygiene = hygiene;
        Interlocked.Exchange(ref s_shared, new StackPool(maxCount, guardSize)).Drain();
    }

    /// <summary>Counts the pooled stacks. Exact while nobody else uses the pool.</summary>
    internal int Count()
    {
        int count = 0;
        for (int shard = 0; shard < _shardCount; shard++)
        {
            foreach (nuint word in WordsOf(shard))
            {
                count += word != 0 ? 1 : 0;
            }
        }

        return count;
    }

    /// <summary>Takes the newest stack that serves a request, from the thread's own shard if that has one.</summary>
    /// <param name="size">Usable bytes asked for.</param>
    /// <param name="home">The thread's shard, any number; afterwards the one that could help.</param>
    /// <param name="stack">The stack, or nothing.</param>
    internal bool TryTake(nuint size, ref uint home, out StackMapping stack)
    {
        for (uint i = 0; i < (uint)_shardCount; i++)
        {
            uint shard = (home + i) & (uint)(_shardCount - 1);
            if (TryTakeFrom((int)shard, size, out nuint word))
            {
                home = shard;
                stack = Unpack(word);
                if (IsLarge(stack))
                {
                    Interlocked.Add(ref _largeBytes, -(long)stack.MappedSize);
                }

                return true;
            }
        }

        stack = default;
        return false;
    }

    /// <summary>Puts a stack in, if there is room.</summary>
    /// <param name="stack">A stack nobody uses.</param>
    /// <param name="home">The thread's shard, any number; afterwards the one that could help.</param>
    /// <returns>False when the pool is full, or the stack is not of its making; the caller still owns it then.</returns>
    internal bool TryPut(in StackMapping stack, ref uint home)
    {
        nuint word = stack.Start | (nuint)StackClass.Of(stack.UsableSize);
        StackMapping unpacked = Unpack(word);
        if (unpacked.Limit != stack.Limit || unpacked.Top != stack.Top)
        {
            return false;
        }

        if (IsLarge(stack) && Interlocked.Add(ref _largeBytes, (long)stack.MappedSize) > MaxLargeBytes)
        {
            Interlocked.Add(ref _largeBytes, -(long)stack.MappedSize);
            return false;
        }

        for (uint i = 0; i < (uint)_shardCount; i++)
        {
            uint shard = (home + i) & (uint)(_shardCount - 1);
            if (TryPutInto((int)shard, word))
            {
                home = shard;
                return true;
            }
        }

        if (IsLarge(stack))
        {
            Interlocked.Add(ref _largeBytes, -(long)stack.MappedSize);
        }

        return false;
    }

    /// <summary>Unmaps every pooled stack. Others may take and put meanwhile.</summary>
    /// <remarks>Wasmer: <c>drain_stack_pool</c>.</remarks>
    internal void Drain()
    {
        for (int shard = 0; shard < _shardCount; shard++)
        {
            foreach (ref nuint slot in WordsOf(shard))
            {
                nuint word = Interlocked.Exchange(ref slot, 0);
                if (word == 0)
                {
                    continue;
                }

                StackMapping stack = Unpack(word);
                if (IsLarge(stack))
                {
                    Interlocked.Add(ref _largeBytes, -(long)stack.MappedSize);
                }

                GuardedStack.Unmap(stack);
            }
        }
    }

    private static bool IsLarge(in StackMapping stack) => stack.UsableSize > LargeStack;

    private bool TryTakeFrom(int shard, nuint size, out nuint word)
    {
        Span<nuint> words = WordsOf(shard);
        ref nuint hint = ref HintOf(shard);
        int above = (int)hint;
        int index = above;
        for (int i = 0; i < words.Length; i++)
        {
            index = (index == 0 ? words.Length : index) - 1;
            word = Volatile.Read(ref words[index]);
            if (word != 0
                && StackClass.Fits(StackClass.UsableSize((int)(word & ClassMask)), size)
                && Interlocked.CompareExchange(ref words[index], 0, word) == word)
            {
                // Below the newest, the hint stays: it marks the newest, and a gap does no harm.
                if (i == 0)
                {
                    hint = (nuint)index;
                }

                return true;
            }
        }

        word = 0;
        return false;
    }

    private bool TryPutInto(int shard, nuint word)
    {
        Span<nuint> words = WordsOf(shard);
        ref nuint hint = ref HintOf(shard);
        int index = (int)hint;
        for (int i = 0; i < words.Length; i++)
        {
            int next = index + 1 == words.Length ? 0 : index + 1;
            if (Volatile.Read(ref words[index]) == 0 && Interlocked.CompareExchange(ref words[index], word, 0) == 0)
            {
                hint = (nuint)next;
                return true;
            }

            index = next;
        }

        return false;
    }

    // A hint is read and written without order: a wrong one only costs a longer search or an older stack.
    private ref nuint HintOf(int shard) => ref _words[shard * _stride];

    private Span<nuint> WordsOf(int shard) =>
        _words.AsSpan((shard * _stride) + 1, _wordsPerShard + (shard < _shardsWithOneMore ? 1 : 0));

    private StackMapping Unpack(nuint word)
    {
        nuint start = word & ~ClassMask;
        nuint limit = start + GuardSize;
        return new StackMapping { Start = start, Limit = limit, Top = limit + StackClass.UsableSize((int)(word & ClassMask)) };
    }
}
