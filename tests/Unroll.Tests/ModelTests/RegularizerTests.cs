using Unroll.Constraints;
using Unroll.Initializers;
using Unroll.Layers;
using Unroll.Models;
using Unroll.Regularizers;
using Unroll.Tests.Support;
using Unroll.Training;

namespace Unroll.Tests.ModelTests;

/// <summary>What weights and outputs cost, and what weights keep to.</summary>
public class RegularizerTests
{
    private static readonly Tensor Weight = Tensor.Of([[3.0, -1], [4, 0]]);

    [Fact]
    public void Prices_are_sums_of_sizes_and_of_squares()
    {
        Assert.Equal(0.08f, new L1().Call(Weight).Item(), 6);
        Assert.Equal(0.26f, new L2().Call(Weight).Item(), 6);
        Assert.Equal(0.5f * 8 + 0.1f * 26, new L1L2(0.5, 0.1).Call(Weight).Item(), 5);
        Assert.Equal(0.26f, ((Regularizer)"l2")!.Call(Weight).Item(), 6);
    }

    /// <summary>Keras 3's formulas, with lengths along axis 0: 5 and 1.</summary>
    [Fact]
    public void Constraints_change_lengths()
    {
        Close.Assert(Tensor.Of([[1.2, -1], [1.6, 0]]), new MaxNorm(2).Call(Weight), 1e-6, "maxNorm");
        Close.Assert(Tensor.Of([[0.6, -1], [0.8, 0]]), new UnitNorm().Call(Weight), 1e-6, "unitNorm");
        Close.Assert(Tensor.Of([[3.0, 0], [4, 0]]), new NonNeg().Call(Weight), 0, "nonNeg");
        Close.Assert(Tensor.Of([[0.9, -1.5], [1.2, 0]]), new MinMaxNorm(1.5, 1.5).Call(Weight), 1e-6, "minMaxNorm");
        Close.Assert(Tensor.Of([[1.8, -1], [2.4, 0]]), new MinMaxNorm(0, 1, rate: 0.5).Call(Weight), 1e-6, "half of the way");
        Close.Assert(Tensor.Of([[3 / 3.1622777, -1 / 3.1622777], [1, 0]]), new UnitNorm(axis: 1).Call(Weight), 1e-6, "axis 1");
    }

    [Fact]
    public void Every_weight_of_a_recurrent_layer_has_its_own()
    {
        foreach (var layer in (RNN[])[
            new LSTM(2, kernelRegularizer: new L2(1), recurrentRegularizer: new L2(10), biasRegularizer: new L2(100), unitForgetBias: false),
            new GRU(2, kernelRegularizer: new L2(1), recurrentRegularizer: new L2(10), biasRegularizer: new L2(100)),
            new SimpleRNN(2, kernelRegularizer: new L2(1), recurrentRegularizer: new L2(10), biasRegularizer: new L2(100))])
        {
            layer.Apply(Tensor.Ones(1, 2, 3));
            foreach (var weight in layer.Weights)
                weight.Assign(Tensor.Ones([.. weight.Shape.Axes]));
            Assert.Equal(
                layer.Weights.Zip([1f, 10, 100], (weight, factor) => factor * weight.Shape.Size), layer.Losses.Select(loss => loss.Item()));
            var both = new Bidirectional(layer);
            both.Apply(Tensor.Ones(1, 2, 3));
            Assert.Equal(6, both.Losses.Count);
        }
    }

    [Fact]
    public void Training_and_Evaluate_add_them_to_the_loss()
    {
        var model = new Sequential([new Dense(
            1, kernelInitializer: new Constant(2), biasInitializer: new Constant(3), kernelRegularizer: new L2(0.5), biasRegularizer: new L1(0.25),
            activityRegularizer: new L1(0.1), inputShape: [2])]);
        model.Compile(new SGD(0.1f), "mse", metrics: ["mse"]);
        var (x, y) = (Tensor.Zeros(2, 2), Tensor.Full([2, 1], 3));

        // The output is 3 for both samples, and right.
        var expected = 0.5f * 8 + 0.25f * 3 + 0.1f * 6;
        Assert.Equal([expected, 0], model.Evaluate(x, y, verbose: 0));
        Assert.Equal(expected, model.TrainOnBatch(x, y)[0], 5);
        Close.Assert(Tensor.Full([2, 1], 2 - 0.1 * 0.5 * 2 * 2), model.Weights[0].Value, 1e-6, "kernel");
        Close.Assert(Tensor.Full([1], 3 - 0.1 * (0.25 + 0.1 * 2)), model.Weights[1].Value, 1e-6, "bias");
    }

    [Fact]
    public void ActivityRegularization_adds_the_price_of_what_comes_through()
    {
        var (x, y) = (new RandomState(1).Normal(0, 1, [4, 3]), Tensor.Ones(4, 2));
        var plain = new Sequential([new Dense(2, inputShape: [3])]);
        var priced = new Sequential([new Dense(2, inputShape: [3]), new ActivityRegularization(0.1, 0.2)]);
        priced.SetWeights(plain.GetWeights());
        plain.Compile("sgd", "mse");
        priced.Compile("sgd", "mse");
        var price = new L1L2(0.1, 0.2).Call(plain.Predict(x)).Item();
        Assert.Equal(plain.Predict(x).ToArray(), priced.Predict(x).ToArray());
        Assert.Equal(plain.Evaluate(x, y, verbose: 0)[0] + price, priced.Evaluate(x, y, verbose: 0)[0], 1e-5);
    }

    [Fact]
    public void A_frozen_layer_costs_nothing()
    {
        var layer = new Dense(2, kernelRegularizer: "l2");
        layer.Apply(Tensor.Ones(1, 2));
        Assert.Single(layer.Losses);
        layer.Trainable = false;
        Assert.Empty(layer.Losses);
    }

    [Fact]
    public void A_layer_of_your_own_adds_to_the_loss()
    {
        var model = new Sequential([new Costly()]);
        model.Compile(new SGD(), "mse");
        Assert.Equal(7, model.Evaluate(Tensor.Zeros(2, 1), Tensor.Zeros(2, 1), verbose: 0)[0]);
        Assert.Equal([0f, 0], model.Predict(Tensor.Zeros(2, 1)).ToArray());
    }

    [Fact]
    public void A_step_puts_weights_back_to_their_constraint()
    {
        var model = new Sequential([new Dense(2, kernelConstraint: "unitNorm", biasConstraint: "nonNeg", inputShape: [3])]);
        model.Compile(new SGD(0.5f), "mse");
        model.TrainOnBatch(new RandomState(1).Normal(0, 1, [4, 3]), Tensor.Full([4, 2], -5));
        Close.Assert(Tensor.Ones(2), model.Weights[0].Value.Square().Sum(0), 1e-5, "lengths");
        Assert.Equal([0f, 0], model.Weights[1].Value.ToArray());
    }

    [Fact]
    public void An_unknown_name_names_the_nearest()
    {
        Assert.Contains("l1", Assert.Throws<ArgumentException>(() => Regularizer.FromString("l3")).Message, StringComparison.Ordinal);
        Assert.Contains("maxNorm", Assert.Throws<ArgumentException>(() => Constraint.FromString("maxNorms")).Message, StringComparison.Ordinal);
    }

    private sealed class Costly : Layer
    {
        protected override Tensor Call(Tensor input, bool training)
        {
            AddLoss(7);
            return input * 1;
        }
    }
}
