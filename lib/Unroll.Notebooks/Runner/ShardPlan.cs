using System.Security.Cryptography;
using System.Text;

namespace Unroll.Notebooks.Runner;

/// <summary>
/// Which notebooks belong to which shard. It follows from the names of the notebooks and the times alone, so that machines
/// that know nothing of each other make the same plan.
/// </summary>
internal sealed class ShardPlan
{
    private ShardPlan(Shard shard, IReadOnlyList<NotebookTask> all, IReadOnlyDictionary<string, TimeSpan> times)
    {
        Shard = shard;
        All = all;
        List<(NotebookTask Task, string Name)> named = [.. all.Select(task => (task, Name(task))).OrderBy(each => each.Item2, StringComparer.Ordinal)];
        var known = named.Where(each => times.ContainsKey(each.Name)).Select(each => times[each.Name]).Order().ToList();
        WithTime = known.Count;
        Median = known.Count > 0 ? known[(known.Count - 1) / 2] : TimeSpan.Zero;

        // The longest first, each to the shard that has least to do, and of those to the one with fewest notebooks: without
        // times they are dealt like cards.
        var (loads, sizes, shardOf) = (new TimeSpan[shard.Count], new int[shard.Count], new Dictionary<NotebookTask, int>(ReferenceEqualityComparer.Instance));
        foreach (var (task, name) in named.OrderByDescending(each => TimeOf(each.Name)))
        {
            var least = Enumerable.Range(0, shard.Count).MinBy(i => (loads[i], sizes[i]));
            loads[least] += TimeOf(name);
            sizes[least]++;
            shardOf[task] = least;
        }

        Mine = [.. all.Where(task => shardOf[task] == shard.Number - 1)];
        Load = loads[shard.Number - 1];
        WholeLoad = loads.Aggregate(TimeSpan.Zero, (sum, load) => sum + load);
        Code = Hash(string.Join('\n', named.Select(each => $"{shardOf[each.Task]} {each.Name}")));

        TimeSpan TimeOf(string name) => times.TryGetValue(name, out var time) ? time : Median;
    }

    /// <summary>The shard to run.</summary>
    public Shard Shard { get; }

    /// <summary>The notebooks of all shards.</summary>
    public IReadOnlyList<NotebookTask> All { get; }

    /// <summary>The notebooks of this shard, in the order in which a whole run has them.</summary>
    public IReadOnlyList<NotebookTask> Mine { get; }

    /// <summary>How many notebooks have a recorded time.</summary>
    public int WithTime { get; }

    /// <summary>What a notebook without a time is taken to need: the median of the others.</summary>
    public TimeSpan Median { get; }

    /// <summary>What this shard should take.</summary>
    public TimeSpan Load { get; }

    /// <summary>What all shards should take.</summary>
    public TimeSpan WholeLoad { get; }

    /// <summary>Equal on two machines if they share the notebooks out in the same way.</summary>
    public string Code { get; }

    /// <summary>Shares the notebooks out.</summary>
    /// <param name="shard">The shard to run.</param>
    /// <param name="all">All notebooks, each once.</param>
    /// <param name="times">How long notebooks took, by <see cref="Name(string)"/>.</param>
    public static ShardPlan Make(Shard shard, IReadOnlyList<NotebookTask> all, IReadOnlyDictionary<string, TimeSpan> times) => new(shard, all, times);

    /// <summary>What a notebook is called on every machine: the same on Windows and elsewhere.</summary>
    public static string Name(string shown) => shown.Replace('\\', '/');

    private static string Name(NotebookTask task) => Name(task.Shown);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 4));
}
