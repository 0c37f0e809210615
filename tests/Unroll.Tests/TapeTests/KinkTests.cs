using Unroll.Layers;
using Unroll.Training;

namespace Unroll.Tests.TapeTests;

/// <summary>Slopes where a function has a kink, as TensorFlow gives them.</summary>
public class KinkTests
{
    [Theory]
    [InlineData("elu", 0, 1)]
    [InlineData("selu", 0, 1.05070098)]
    [InlineData("relu", 0, 0)]
    [InlineData("softplus", 0, 0.5)]
    [InlineData("softsign", 0, 1)]
    [InlineData("hardSigmoid", 0, 0.2)]
    [InlineData("hardSigmoid", 2.5, 0.2)]
    [InlineData("hardSigmoid", -2.5, 0.2)]
    [InlineData("hardSigmoid", 3, 0)]
    [InlineData("gelu", 0, 0.5)]
    [InlineData("swish", 0, 0.5)]
    [InlineData("tanh", 0, 1)]
    [InlineData("sigmoid", 0, 0.25)]
    [InlineData("exponential", 0, 1)]
    [InlineData("linear", 0, 1)]
    [InlineData("elu", -0.5, 0.60653066)]
    [InlineData("elu", 2, 1)]
    [InlineData("selu", -0.5, 1.0663)]
    [InlineData("selu", 2, 1.05070098)]
    [InlineData("leakyRelu", 0, 0.2)]
    [InlineData("relu6", 0, 0)]
    [InlineData("relu6", 6, 0)]
    [InlineData("relu6", 5.9, 1)]
    [InlineData("hardSilu", -3, 0)]
    [InlineData("hardSilu", 0, 0.5)]
    [InlineData("hardSilu", 3, 1)]
    [InlineData("mish", 0, 0.6)]
    [InlineData("celu", 0, 1)]
    [InlineData("logSigmoid", 0, 0.5)]
    [InlineData("tanhShrink", 0, 0)]
    [InlineData("sparsePlus", -1, 0)]
    [InlineData("sparsePlus", 1, 1)]
    [InlineData("logSoftmax", 0, 0)]
    public void Of_activations(string name, double at, double slope)
    {
        var x = Tensor.Of([(float)at]);
        using var tape = new GradientTape();
        tape.Watch(x);
        Assert.Equal(slope, tape.Gradient(ActivationFunction.FromString(name).Apply(x), x)!.Item(), 1e-4);
    }

    /// <summary>Far out the functions and their slopes are numbers, though exp would not be.</summary>
    [Theory]
    [InlineData("leakyRelu")]
    [InlineData("relu6")]
    [InlineData("mish")]
    [InlineData("hardSilu")]
    [InlineData("logSoftmax")]
    [InlineData("celu")]
    [InlineData("logSigmoid")]
    [InlineData("tanhShrink")]
    [InlineData("sparsePlus")]
    public void Far_out_there_is_no_infinity(string name)
    {
        var x = Tensor.Of([-1000, -100, 100, 1000]);
        using var tape = new GradientTape();
        tape.Watch(x);
        var y = ActivationFunction.FromString(name).Apply(x);
        Assert.All(y.ToArray(), value => Assert.True(float.IsFinite(value)));
        Assert.All(tape.Gradient(y, x)!.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    [Theory]
    [InlineData("leakyRelu")]
    [InlineData("relu6")]
    [InlineData("hardSilu")]
    [InlineData("celu")]
    [InlineData("sparsePlus")]
    public void What_is_not_a_number_stays_so(string name) =>
        Assert.True(float.IsNaN(ActivationFunction.FromString(name).Apply(Tensor.Of([double.NaN]))[0].Item()));

    [Theory]
    [InlineData(6, 6, 0)]
    [InlineData(2, 2, 1)]
    [InlineData(2, 0, 0)]
    public void Of_a_ReLU_with_a_greatest_value(double max, double at, double slope)
    {
        var x = Tensor.Of([at]);
        using var tape = new GradientTape();
        tape.Watch(x);
        Assert.Equal(slope, tape.Gradient(new ReLU(max).Apply(x), x)!.Item());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.5)]
    [InlineData(0.5)]
    public void Elu_and_selu_keep_their_values(double at)
    {
        var x = Tensor.Of([(float)at]);
        var elu = at > 0 ? at : Math.Exp(at) - 1;
        Assert.Equal(elu, ActivationFunction.FromString("elu").Apply(x).Item(), 1e-6);
        Assert.Equal(1.05070098 * (at > 0 ? at : 1.67326324 * elu), ActivationFunction.FromString("selu").Apply(x).Item(), 1e-6);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void Clip_hands_the_gradient_on_at_its_bounds(double at)
    {
        var x = Tensor.Of([(float)at]);
        using var tape = new GradientTape();
        tape.Watch(x);
        Assert.Equal(1, tape.Gradient(x.Clip(-1, 1), x)!.Item());
    }

    [Fact]
    public void A_dense_layer_of_zeros_learns_through_elu()
    {
        var layer = new Dense(1, activation: "elu");
        var x = Tensor.Zeros(4, 2);
        layer.Apply(x);
        using var tape = new GradientTape();
        Assert.Equal("[4.]", tape.Gradient(layer.Apply(x).Sum(), layer.TrainableWeights)[1]!.ToString());
    }

    [Fact]
    public void Losses_of_logits_at_0_have_the_slope_of_the_sigmoid()
    {
        Tensor x = Tensor.Of([[0]]), y = Tensor.Of([[1]]);
        using var tape = new GradientTape();
        tape.Watch(x);
        Assert.Equal(-0.5, tape.Gradient(new BinaryCrossentropy(fromLogits: true).Call(y, x), x)!.Item(), 1e-6);
    }

    [Fact]
    public void The_branch_not_taken_gets_nothing_even_of_an_infinite_gradient()
    {
        Tensor taken = Tensor.Of([4, 4]), other = Tensor.Of([0, 0]);
        using var tape = new GradientTape();
        tape.Watch(taken);
        tape.Watch(other);
        var gradients = tape.Gradient(Tensor.Where(Tensor.Of([1, 0]), taken, other).Sqrt(), [taken, other]);
        Assert.Equal([0.25f, 0], gradients[0]!.ToArray());
        Assert.Equal([0, float.PositiveInfinity], gradients[1]!.ToArray());
    }

    [Fact]
    public void The_second_derivative_of_softplus_at_0()
    {
        var x = Tensor.Of(0);
        using GradientTape outer = new(), inner = new();
        outer.Watch(x);
        inner.Watch(x);
        Assert.Equal(0.25, outer.Gradient(inner.Gradient(x.Softplus(), x)!, x)!.Item(), 1e-6);
    }
}
