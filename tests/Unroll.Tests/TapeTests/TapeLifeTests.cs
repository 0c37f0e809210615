using Unroll.Layers;
using Unroll.Models;

namespace Unroll.Tests.TapeTests;

/// <summary>A tape ends wherever it is disposed of, and disturbs nobody while it is open.</summary>
public class TapeLifeTests
{
    [Fact]
    public void A_forgotten_tape_does_not_keep_an_LSTM_from_training()
    {
        using var forgotten = new GradientTape();
        Assert.True(float.IsFinite(Trained()));
        Assert.True(float.IsFinite(Trained()));
    }

    [Fact]
    public void Nor_do_several_or_persistent_ones_or_one_that_was_played()
    {
        using var first = new GradientTape(persistent: true);
        using var second = new GradientTape();
        var x = Tensor.Of(3);
        second.Watch(x);
        Assert.Equal(6, second.Gradient(x * x, x)!.Item());
        Assert.True(float.IsFinite(Trained()));
    }

    [Fact]
    public void Open_tapes_do_not_change_what_is_learned()
    {
        var alone = Trained();
        using var open = new GradientTape(persistent: true);
        Assert.Equal(alone, Trained());
    }

    [Fact]
    public void Tapes_may_be_disposed_of_in_any_order()
    {
        var x = Tensor.Of(2);
        GradientTape first = new(), second = new();
        second.Watch(x);
        first.Dispose();
        var y = x * x;
        second.Dispose();
        var z = y * x;
        Assert.Equal(4, second.Gradient(y, x)!.Item());
        Assert.False(GradientTape.IsRecording);
        Assert.Equal(8, z.Item());
    }

    [Fact]
    public void And_more_than_once()
    {
        var tape = new GradientTape();
        tape.Dispose();
        tape.Dispose();
        Assert.False(GradientTape.IsRecording);
    }

    [Fact]
    public void Or_on_another_thread()
    {
        var x = Tensor.Of(2);
        var tape = new GradientTape(persistent: true);
        tape.Watch(x);
        var y = x * x;
        var thread = new Thread(tape.Dispose);
        thread.Start();
        thread.Join();
        var z = y * x;
        Assert.False(GradientTape.IsRecording);
        Assert.Equal(4, tape.Gradient(y, x)!.Item());
        Assert.Null(tape.Gradient(z, x));
    }

    [Fact]
    public async Task A_tape_goes_on_after_an_await()
    {
        var x = Tensor.Of(3);
        using var tape = new GradientTape();
        tape.Watch(x);
        await Task.Delay(1, TestContext.Current.CancellationToken);
        var y = x * x;
        await Task.Run(() => { }, TestContext.Current.CancellationToken);
        y *= x;
        Assert.Equal(27, tape.Gradient(y, x)!.Item());
    }

    [Fact]
    public async Task Two_flows_do_not_see_each_others_tapes()
    {
        var shared = Tensor.Of(3);
        var gradients = await Task.WhenAll(Enumerable.Range(1, 20).Select(async n =>
        {
            using var tape = new GradientTape();
            tape.Watch(shared);
            await Task.Yield();
            var y = shared * n;
            await Task.Delay(1, TestContext.Current.CancellationToken);
            return tape.Gradient(y * y, shared)!.Item();
        }));
        Assert.Equal([.. Enumerable.Range(1, 20).Select(n => 2f * 3 * n * n)], gradients);
    }

    [Fact]
    public async Task A_tape_disposed_of_after_an_await_is_gone()
    {
        var tape = new GradientTape();
        await Task.Delay(1, TestContext.Current.CancellationToken);
        tape.Dispose();
        Assert.False(GradientTape.IsRecording);
        Assert.True(float.IsFinite(Trained()));
    }

    [Fact]
    public async Task Steps_within_one_tape_may_be_recorded_from_several_tasks()
    {
        var x = Tensor.Ones(100);
        await Task.Yield();
        using var tape = new GradientTape();
        tape.Watch(x);
        var parts = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => Task.Run(() => (x * i).Sum(), TestContext.Current.CancellationToken)));
        var gradient = tape.Gradient(parts.Aggregate((a, b) => a + b), x)!;
        Assert.All(gradient.ToArray(), value => Assert.Equal(63 * 32, value));
    }

    [Fact]
    public void Second_derivatives_through_the_fused_LSTM_are_refused_only_where_they_are_asked_for()
    {
        var x = Tensor.Ones(1, 3, 2);
        var other = Tensor.Of(2);
        var layer = new LSTM(2);
        using var outer = new GradientTape(persistent: true);
        outer.Watch(x);
        outer.Watch(other);
        Tensor first;
        using (var inner = new GradientTape())
        {
            inner.Watch(x);
            first = inner.Gradient(layer.Apply(x).Sum(), x)!;
        }

        var scaled = (first * other).Sum();
        Assert.Equal(first.ToArray().Sum(), outer.Gradient(scaled, other)!.Item(), 1e-6);
        Assert.NotNull(outer.Gradient(layer.Apply(x), x));
        Assert.Throws<NotSupportedException>(() => outer.Gradient(scaled, x));
        Assert.Throws<NotSupportedException>(() => outer.Gradient(scaled, layer.Weights));
    }

    private static float Trained()
    {
        Backend.SetRandomSeed(3);
        var random = new RandomState(4);
        var model = new Sequential([new LSTM(4, inputShape: [5, 2]), new Dense(1)]);
        model.Compile("adam", "mse");
        return model.Fit(random.Normal(0, 1, [8, 5, 2]), random.Normal(0, 1, [8, 1]), epochs: 2, verbose: 0)["loss"][^1];
    }
}
