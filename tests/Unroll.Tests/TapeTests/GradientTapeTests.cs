using Unroll.Layers;
using Unroll.Tests.Support;

namespace Unroll.Tests.TapeTests;

public class GradientTapeTests
{
    [Fact]
    public void Gives_the_derivative_in_the_shape_of_the_source()
    {
        var x = Tensor.Of([[1, 2, 3]]);
        using var tape = new GradientTape();
        tape.Watch(x);
        var gradient = tape.Gradient((x * x).Sum(), x)!;
        Assert.Equal("[[2. 4. 6.]]", gradient.ToString());
        Assert.Equal(x.Shape, gradient.Shape);
    }

    [Fact]
    public void Of_several_numbers_the_sum_is_derived()
    {
        var x = Tensor.Of([1, 2, 3]);
        using var tape = new GradientTape();
        tape.Watch(x);
        Assert.Equal("[2. 4. 6.]", tape.Gradient(x * x, x)!.ToString());
    }

    [Fact]
    public void A_tensor_used_twice_collects_both_gradients()
    {
        var x = Tensor.Of(3);
        using var tape = new GradientTape();
        tape.Watch(x);
        Assert.Equal(2 * 3 + 4, tape.Gradient(x * x + 4 * x, x)!.Item());
    }

    [Fact]
    public void What_is_not_watched_or_not_reached_gives_null()
    {
        Tensor x = Tensor.Of(3), other = Tensor.Of(4);
        using var tape = new GradientTape(persistent: true);
        tape.Watch(x);
        var y = x * other;
        Assert.Null(tape.Gradient(y, other));
        Assert.Null(tape.Gradient(other * other, x));
        Assert.Null(tape.Gradient(x.Copy() * 2, x));
        Assert.Null(tape.Gradient(x.StopGradient() * 2, x));
        Assert.Equal(4, tape.Gradient(y, x)!.Item());
        Assert.Equal(1, tape.Gradient(x, x)!.Item());
    }

    [Fact]
    public void Is_used_up_by_its_first_answer_unless_persistent()
    {
        var x = Tensor.Of(3);
        using var tape = new GradientTape();
        tape.Watch(x);
        var y = x * x;
        tape.Gradient(y, x);
        Assert.Equal(
            "This tape has given its gradients. Ask for all sources in one call, or make it with persistent: true.",
            Assert.Throws<InvalidOperationException>(() => tape.Gradient(y, x)).Message);
    }

    [Fact]
    public void A_persistent_tape_answers_again_and_goes_on_recording()
    {
        var x = Tensor.Of(3);
        using var tape = new GradientTape(persistent: true);
        tape.Watch(x);
        var y = x * x;
        Assert.Equal(6, tape.Gradient(y, x)!.Item());
        Assert.Equal(6, tape.Gradient(y, x)!.Item());
        Assert.Equal(27, tape.Gradient(y * x, x)!.Item());
    }

    [Fact]
    public void Records_nothing_after_its_end()
    {
        var x = Tensor.Of(3);
        var tape = new GradientTape();
        tape.Watch(x);
        tape.Dispose();
        Assert.Null(tape.Gradient(x * x, x));
    }

    [Fact]
    public void Records_on_its_own_thread_alone()
    {
        var x = Tensor.Of(3);
        using var tape = new GradientTape();
        tape.Watch(x);
        Tensor? y = null;
        var thread = new Thread(() => y = x * x);
        thread.Start();
        thread.Join();
        Assert.Null(tape.Gradient(y!, x));
    }

    [Fact]
    public void Watches_trainable_variables_by_itself()
    {
        Variable weight = new(Tensor.Of(3), "weight"), frozen = new(Tensor.Of(5), "frozen", trainable: false);
        using var tape = new GradientTape();
        var y = weight.Value * frozen * 2;
        var gradients = tape.Gradient(y, [weight, frozen]);
        Assert.Equal(10, gradients[0]!.Item());
        Assert.Null(gradients[1]);
    }

    [Fact]
    public void Second_derivatives_by_a_tape_within_a_tape()
    {
        var x = Tensor.Of(2);
        using var outer = new GradientTape();
        outer.Watch(x);
        using var inner = new GradientTape();
        inner.Watch(x);
        var first = inner.Gradient(x * x * x, x)!;
        Assert.Equal(12, first.Item());
        Assert.Equal(12, outer.Gradient(first, x)!.Item());
    }

    [Fact]
    public void Third_derivatives_too()
    {
        var x = Tensor.Of(2);
        using GradientTape third = new(), second = new(), first = new();
        foreach (var tape in new[] { third, second, first })
            tape.Watch(x);
        var y = first.Gradient(x.Pow(4), x)!;
        var yy = second.Gradient(y, x)!;
        Assert.Equal("32 48 48", $"{y.Item()} {yy.Item()} {third.Gradient(yy, x)!.Item()}");
    }

    [Fact]
    public void Second_derivatives_through_the_readable_LSTM()
    {
        var random = new RandomState(3);
        var x = random.Normal(0, 1, [2, 3, 2]);
        var layer = new RNN(new LSTMCell(2));
        layer.Apply(x);
        FiniteDifferences.Check(
            () =>
            {
                using var tape = new GradientTape();
                tape.Watch(x);
                return tape.Gradient(layer.Apply(x).Square().Sum(), x)!;
            },
            [("x", x)],
            random);
    }

    [Fact]
    public void Second_derivatives_through_the_fused_LSTM_are_refused()
    {
        var x = Tensor.Ones(1, 3, 2);
        var layer = new LSTM(2);
        using var outer = new GradientTape();
        outer.Watch(x);
        using var inner = new GradientTape();
        inner.Watch(x);
        var first = inner.Gradient(layer.Apply(x), x)!;
        Assert.Equal(
            "LSTM: second derivatives are not supported. Use RNN(new LSTMCell(units)), which computes the same through differentiable operations.",
            Assert.Throws<NotSupportedException>(() => outer.Gradient(first, x)).Message);
    }

    [Fact]
    public void An_outer_tape_that_watches_something_else_does_not_disturb_the_fused_LSTM()
    {
        var x = Tensor.Ones(1, 3, 2);
        var layer = new LSTM(2) { Trainable = false };
        using var outer = new GradientTape();
        outer.Watch(Tensor.Of(1));
        using var inner = new GradientTape();
        inner.Watch(x);
        Assert.Equal(x.Shape, inner.Gradient(layer.Apply(x), x)!.Shape);
    }
}
