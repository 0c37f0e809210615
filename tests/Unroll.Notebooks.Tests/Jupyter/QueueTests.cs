using Unroll.Notebooks.Jupyter.Zmtp;

namespace Unroll.Notebooks.Tests.Jupyter;

public sealed class QueueTests
{
    [Fact]
    public void There_is_room_for_so_many_items_and_so_much_weight()
    {
        var many = new BoundedQueue<int>(maxItems: 2, maxWeight: 1000, item => item);
        var heavy = new BoundedQueue<int>(maxItems: 1000, maxWeight: 10, item => item);

        Assert.Equal([true, true, false], new[] { 1, 1, 1 }.Select(many.TryAdd));
        Assert.Equal([true, true, false, true], new[] { 4, 5, 2, 1 }.Select(heavy.TryAdd));
        Assert.True(many.TryTake(out _));
        Assert.True(many.TryAdd(1));
    }

    [Fact]
    public void One_item_always_fits()
    {
        var queue = new BoundedQueue<int>(maxItems: 1, maxWeight: 10, item => item);

        Assert.True(queue.TryAdd(99));
        Assert.False(queue.TryAdd(0));
    }

    [Fact]
    public async Task Whoever_waits_for_room_gets_it()
    {
        var queue = new BoundedQueue<int>(maxItems: 3, maxWeight: 1000, item => item);
        var adding = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 500; i++)
                Assert.True(await queue.AddAsync(1, TestContext.Current.CancellationToken));
        })).ToList();

        var taken = 0;
        while (taken < 4000 && await queue.WaitAsync(TestContext.Current.CancellationToken))
        {
            while (queue.TryTake(out _))
                taken++;
        }

        await Task.WhenAll(adding);
        Assert.Equal(4000, taken);
        Assert.Equal(0, queue.Count);
    }

    [Fact]
    public async Task A_queue_that_is_complete_takes_nothing_and_gives_what_it_has()
    {
        var queue = new BoundedQueue<int>(maxItems: 1, maxWeight: 1000, item => item);
        queue.TryAdd(7);
        var waiting = queue.AddAsync(8, TestContext.Current.CancellationToken).AsTask();
        queue.Complete();

        Assert.False(await waiting.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken));
        Assert.False(queue.TryAdd(9));
        Assert.True(queue.TryTake(out var item));
        Assert.Equal(7, item);
        Assert.False(await queue.WaitAsync(TestContext.Current.CancellationToken));
    }
}
