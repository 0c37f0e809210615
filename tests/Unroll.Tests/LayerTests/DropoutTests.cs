using Unroll.Layers;

namespace Unroll.Tests.LayerTests;

public class DropoutTests
{
    [Fact]
    public void Hands_its_input_on_outside_of_training()
    {
        var x = Tensor.Arange(5).Reshape(1, 5);
        Assert.Equal(x.ToArray(), new Dropout(0.9f).Apply(x).ToArray());
        Assert.Equal(x.ToArray(), new Dropout(0).Apply(x, training: true).ToArray());
    }

    [Theory]
    [InlineData(0.2f)]
    [InlineData(0.5f)]
    [InlineData(0.9f)]
    public void Sets_its_share_to_zero_and_raises_the_others(float rate)
    {
        var output = new Dropout(rate, seed: 3).Apply(Tensor.Ones(100, 1000), training: true);
        var raised = 1 / (1 - rate);
        Assert.All(output.ToArray().Distinct(), value => Assert.True(value == 0 || Math.Abs(value - raised) < 1e-5 * raised));
        var zeros = output.ToArray().Count(value => value == 0) / 100_000.0;
        Assert.Equal(rate, zeros, 0.006);
        Assert.Equal(1, output.Mean().Item(), 0.06);
    }

    [Fact]
    public void A_noise_shape_drops_whole_rows_together()
    {
        var x = Tensor.Ones(4, 6, 8);
        var byFeature = new Dropout(0.5, noiseShape: Shape.Create([null, 1, 8]), seed: 3).Apply(x, training: true);
        Assert.Equal(new SpatialDropout1D(0.5, seed: 3).Apply(x, training: true).ToArray(), byFeature.ToArray());
        var byStep = new Dropout(0.5, noiseShape: Shape.Create([null, null, 1]), seed: 3).Apply(x, training: true);
        Assert.All(Enumerable.Range(0, 24), row => Assert.Single(byStep.Reshape(24, 8)[row].ToArray().Distinct()));
        Assert.Equal([0f, 2f], byStep.ToArray().Distinct().Order());
    }

    [Theory]
    [InlineData(new[] { 4, 1 })]
    [InlineData(new[] { 4, 2, 8 })]
    public void A_noise_shape_that_does_not_fit_is_refused(int[] shape)
    {
        var layer = new Dropout(0.5, noiseShape: shape, name: "d");
        var error = Assert.Throws<ArgumentException>(() => layer.Apply(Tensor.Ones(4, 6, 8), training: true));
        Assert.StartsWith($"d: noiseShape {layer.NoiseShape} does not fit the input (4, 6, 8)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Draws_anew_at_each_call_and_the_same_again_from_one_seed()
    {
        var x = Tensor.Ones(1, 50);
        Dropout one = new(0.5f, seed: 3), same = new(0.5f, seed: 3), other = new(0.5f, seed: 4);
        var first = one.Apply(x, training: true).ToArray();
        Assert.Equal(first, same.Apply(x, training: true).ToArray());
        Assert.NotEqual(first, other.Apply(x, training: true).ToArray());
        Assert.NotEqual(first, one.Apply(x, training: true).ToArray());
    }

    [Fact]
    public void Follows_the_global_seed_where_it_has_none()
    {
        var x = Tensor.Ones(1, 50);
        Assert.Equal(Drawn(), Drawn());

        float[] Drawn()
        {
            Backend.SetRandomSeed(1);
            return new Dropout(0.5f).Apply(x, training: true).ToArray();
        }
    }

    [Fact]
    public void The_gradient_goes_through_the_mask()
    {
        var x = Tensor.Ones(1, 50);
        using var tape = new GradientTape();
        tape.Watch(x);
        var y = new Dropout(0.5f, seed: 1).Apply(x, training: true);
        Assert.Equal(y.ToArray(), tape.Gradient(y, x)!.ToArray());
    }

    [Fact]
    public void An_LSTM_drops_the_same_inputs_at_every_step_and_only_in_training()
    {
        // A cell that adds up: with open gates and a linear activation c counts the steps in which the input came through.
        var layer = new LSTM(1, activation: "linear", recurrentActivation: "linear", kernelInitializer: "zeros", recurrentInitializer: "zeros", unitForgetBias: false, dropout: 0.5f, returnState: true);
        var x = Tensor.Ones(200, 5, 1);
        layer.ApplyAll(x);
        layer.SetWeights([Tensor.Of([[0, 0, 1, 0]]), Tensor.Zeros(1, 4), Tensor.Of([1, 1, 0, 1])]);
        Assert.Equal([5], layer.ApplyAll(x)[2].ToArray().Distinct());
        Assert.Equal([0, 10], layer.ApplyAll(x, training: true)[2].ToArray().Distinct().Order());
    }

    [Fact]
    public void An_LSTM_drops_h_by_one_mask_for_the_sequence()
    {
        // h is 1 after the first step; from then on c adds up what comes through of it.
        var layer = new LSTM(1, activation: "linear", recurrentActivation: "linear", unitForgetBias: false, recurrentDropout: 0.5f, returnState: true, recurrentInitializer: "zeros");
        var x = Tensor.Zeros(200, 4, 1);
        layer.ApplyAll(x);
        layer.SetWeights([Tensor.Zeros(1, 4), Tensor.Of([[0, 0, 1, 0]]), Tensor.Of([1, 0, 1, 1])]);

        // c' = 1 + h·mask: 1, 2, 3, 4 with no dropout; with the mask of 2: 1, 3, 7, 15; with 0: 1.
        Assert.Equal([4], layer.ApplyAll(x)[2].ToArray().Distinct());
        Assert.Equal([1, 15], layer.ApplyAll(x, training: true)[2].ToArray().Distinct().Order());
    }

    [Fact]
    public void Each_call_of_an_LSTM_draws_new_masks()
    {
        var layer = new LSTM(4, dropout: 0.5f, recurrentDropout: 0.5f);
        var x = Tensor.Ones(8, 3, 5);
        Assert.NotEqual(layer.Apply(x, training: true).ToArray(), layer.Apply(x, training: true).ToArray());
        Assert.Equal(layer.Apply(x).ToArray(), layer.Apply(x).ToArray());
    }
}
