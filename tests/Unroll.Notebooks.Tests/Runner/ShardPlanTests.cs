using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Runner;

namespace Unroll.Notebooks.Tests;

/// <summary>A thousand notebooks over some machines.</summary>
public sealed class ShardPlanTests
{
    private static readonly IReadOnlyDictionary<string, TimeSpan> NoTimes = new Dictionary<string, TimeSpan>(StringComparer.Ordinal);

    [Theory]
    [InlineData(1000, 8, true)]
    [InlineData(1000, 8, false)]
    [InlineData(1000, 7, true)]
    [InlineData(3, 8, true)]
    [InlineData(3, 8, false)]
    [InlineData(1, 1, false)]
    public void Every_notebook_is_in_exactly_one_shard(int notebooks, int shards, bool withTimes)
    {
        var tasks = Tasks(notebooks);
        var plans = Plans(tasks, shards, withTimes ? Times(tasks) : NoTimes);
        Assert.Equal(tasks.Select(task => task.Shown), plans.SelectMany(plan => plan.Mine).Select(task => task.Shown).Order(StringComparer.Ordinal));
        Assert.Single(plans.Select(plan => plan.Code).Distinct());
    }

    [Fact]
    public void Recorded_times_make_equal_shares()
    {
        var tasks = Tasks(1000);
        var loads = Plans(tasks, 8, Times(tasks)).Select(plan => plan.Load.TotalSeconds).ToList();
        Assert.InRange(loads.Max() / loads.Min(), 1, 1.001);
    }

    [Fact]
    public void One_long_notebook_has_a_machine_for_itself()
    {
        var tasks = Tasks(7);
        var times = tasks.ToDictionary(task => task.Shown, _ => TimeSpan.FromSeconds(1), StringComparer.Ordinal);
        times[tasks[3].Shown] = TimeSpan.FromSeconds(60);
        var plans = Plans(tasks, 3, times);
        Assert.Equal([1, 3, 3], plans.Select(plan => plan.Mine.Count).Order());
        Assert.Equal([tasks[3]], plans.Single(plan => plan.Mine.Count == 1).Mine);
    }

    [Fact]
    public void Without_times_they_are_dealt_in_the_order_of_their_names()
    {
        var plans = Plans(Tasks(7), 3, NoTimes);
        Assert.Equal(
            ["n0000 n0003 n0006", "n0001 n0004", "n0002 n0005"],
            plans.Select(plan => string.Join(' ', plan.Mine.Select(task => task.Shown))));
    }

    [Fact]
    public void A_notebook_without_a_time_counts_as_the_median()
    {
        var tasks = Tasks(4);
        var times = new Dictionary<string, TimeSpan>(StringComparer.Ordinal)
        {
            ["n0000"] = TimeSpan.FromSeconds(1),
            ["n0001"] = TimeSpan.FromSeconds(2),
            ["n0002"] = TimeSpan.FromSeconds(9),
        };
        var plan = ShardPlan.Make(new Shard(1, 1), tasks, times);
        Assert.Equal((3, 2.0, 14.0), (plan.WithTime, plan.Median.TotalSeconds, plan.WholeLoad.TotalSeconds));
    }

    [Fact]
    public void Other_times_are_another_plan_and_the_order_of_paths_is_not()
    {
        var tasks = Tasks(50);
        var shard = new Shard(2, 4);
        var plan = ShardPlan.Make(shard, tasks, Times(tasks));
        Assert.Equal(plan.Code, ShardPlan.Make(shard, [.. tasks.Reverse()], Times(tasks)).Code);
        Assert.NotEqual(plan.Code, ShardPlan.Make(shard, tasks, NoTimes).Code);
        Assert.NotEqual(plan.Code, ShardPlan.Make(shard, Tasks(49), Times(tasks)).Code);
    }

    private static List<ShardPlan> Plans(IReadOnlyList<NotebookTask> tasks, int shards, IReadOnlyDictionary<string, TimeSpan> times) =>
        [.. Enumerable.Range(1, shards).Select(number => ShardPlan.Make(new Shard(number, shards), tasks, times))];

    private static IReadOnlyList<NotebookTask> Tasks(int count) =>
        [.. Enumerable.Range(0, count).Select(i => $"n{i:0000}").Select(name => new NotebookTask(new Notebook(name, [], []), name, name))];

    /// <summary>Most take a second or so, and a few take minutes.</summary>
    private static Dictionary<string, TimeSpan> Times(IReadOnlyList<NotebookTask> tasks)
    {
        var random = new Random(313);
        return tasks.ToDictionary(task => task.Shown, _ => TimeSpan.FromSeconds(Math.Exp(2 * random.NextDouble() * random.NextDouble() * 3)), StringComparer.Ordinal);
    }
}
