using Unroll.Initializers;
using Unroll.Layers;
using Unroll.Models;
using Unroll.Tests.Support;
using Unroll.Training;

namespace Unroll.Tests.TapeTests;

/// <summary>Layers, cells, activations, losses and models of a user's own train with no derivative written.</summary>
public class OwnPartsTests
{
    [Fact]
    public void Own_layer_trains_and_equals_Dense()
    {
        var own = Trained(new Affine(3), "mse");
        var dense = Trained(new Dense(3), "mse");
        Assert.Equal(dense.Losses, own.Losses);
        Assert.True(own.Losses[^1] < own.Losses[0] / 2);
        Assert.Equal(dense.Layer.GetWeights()[0].ToArray(), own.Layer.GetWeights()[0].ToArray());
    }

    [Fact]
    public void Own_loss_trains_and_equals_the_built_in_one()
    {
        var own = new Loss("huber", (yTrue, yPred) => Tensor.Where(
            Tensor.Greater(1, (yTrue - yPred).Abs()), 0.5f * (yTrue - yPred).Square(), (yTrue - yPred).Abs() - 0.5f));
        var losses = Trained(new Dense(3), own).Losses;
        Assert.True(losses[^1] < losses[0] * 0.8);

        var halved = Trained(new Dense(3), new Loss("half", (yTrue, yPred) => (yPred - yTrue).Square())).Losses;
        Assert.Equal(Trained(new Dense(3), "mse").Losses, halved);
    }

    [Fact]
    public void Own_activation_trains()
    {
        var mish = new ActivationFunction("mish", x => x * x.Softplus().Tanh());
        var losses = Trained(new Dense(3, mish), "mse").Losses;
        Assert.True(losses[^1] < losses[0] * 0.9);
        Assert.Equal("mish", mish.ToString());
        var random = new RandomState(2);
        var x = random.Normal(0, 1, [2, 3]);
        FiniteDifferences.Check(() => mish.Apply(x), [("x", x)], random);
    }

    [Fact]
    public void Own_cell_runs_in_an_RNN_and_trains()
    {
        var random = new RandomState(5);
        var x = random.Normal(0, 1, [8, 4, 2]);
        var y = x.Sum(1).Sum(1, keepDims: true);
        Backend.ClearSession();
        Backend.SetRandomSeed(1);
        var model = new Sequential([new RNN(new SimpleCell(6), inputShape: [4, 2]), new Dense(1)]);
        model.Compile(new Adam(0.02f), "mse");
        var losses = model.Fit(x, y, epochs: 60, verbose: 0)["loss"];
        Assert.True(losses[^1] < losses[0] / 4);
        Assert.Equal(
            ["simple_cell/kernel (2, 6)", "simple_cell/recurrent (6, 6)"],
            model.Layers[0].Weights.Select(weight => $"{weight.Name} {weight.Shape}").ToArray());

        var rnn = (RNN)model.Layers[0];
        FiniteDifferences.Check(() => rnn.Apply(x), [("x", x), .. rnn.Weights.Select(weight => (weight.Name, weight.Value))], random);
    }

    [Fact]
    public void Own_cell_stacks_with_an_LSTMCell()
    {
        var layer = new RNN([new SimpleCell(3), new LSTMCell(2)], returnState: true);
        var outputs = layer.ApplyAll(Tensor.Ones(5, 4, 2));
        Assert.Equal(["(5, 2)", "(5, 3)", "(5, 2)", "(5, 2)"], outputs.Select(output => output.Shape.ToString()).ToArray());
    }

    [Fact]
    public void Own_cell_in_Bidirectional_needs_a_backward_layer_of_its_own()
    {
        Assert.Equal(
            "A SimpleCell cannot be copied for the other direction. Give Bidirectional a backwardLayer of its own.",
            Assert.Throws<NotSupportedException>(() => new Bidirectional(new RNN(new SimpleCell(2)))).Message);
    }

    [Fact]
    public void Own_model_with_a_loop_of_its_own()
    {
        var random = new RandomState(4);
        var x = random.Normal(0, 1, [16, 3]);
        var y = x.Sum(1, keepDims: true);
        Backend.SetRandomSeed(2);
        var layer = new Dense(1);
        var optimizer = new SGD(0.1f);
        var losses = new List<float>();
        for (var step = 0; step < 30; step++)
        {
            using var tape = new GradientTape();
            var loss = (layer.Apply(x) - y).Square().Mean();
            losses.Add(loss.Item());
            optimizer.ApplyGradients(tape.Gradient(loss, layer.TrainableWeights), layer.TrainableWeights);
        }

        Assert.True(losses[^1] < losses[0] / 100);
        Assert.Equal(30, optimizer.Iterations);
    }

    [Fact]
    public void A_layer_that_overrides_nothing_says_so()
    {
        Assert.Equal(
            "Nothing overrides neither Call nor CallAll.",
            Assert.Throws<NotSupportedException>(() => new Nothing().Apply(Tensor.Ones(1, 1))).Message);
    }

    [Fact]
    public void The_output_shape_of_an_own_layer_is_found_by_a_trial()
    {
        var input = new Input([4, 3]);
        Assert.Equal("(None, 4, 2)", new Affine(2).Apply(input).Shape.ToString());
        Assert.Equal("(None, None, 2)", new Affine(2).Apply(new Input([null, 3])).Shape.ToString());
    }

    private static (Layer Layer, IReadOnlyList<float> Losses) Trained(Layer layer, Loss loss)
    {
        Backend.SetRandomSeed(7);
        var random = new RandomState(6);
        var x = random.Normal(0, 1, [32, 4]);
        var y = x.MatMul(random.Normal(0, 1, [4, 3]));
        var model = new Sequential([layer]);
        model.Compile(new SGD(0.1f), loss);
        return (layer, model.Fit(x, y, epochs: 25, verbose: 0, shuffle: false)["loss"]);
    }

    private sealed class Affine(int units) : Layer
    {
        private Variable _kernel = null!;
        private Variable _bias = null!;

        protected override void Build(Shape inputShape)
        {
            _kernel = AddWeight("kernel", [inputShape[^1], units], new GlorotUniform());
            _bias = AddWeight("bias", [units], "zeros");
        }

        protected override Tensor Call(Tensor input, bool training) => input.MatMul(_kernel) + _bias;
    }

    private sealed class SimpleCell(int units) : RNNCell
    {
        private Variable _kernel = null!;
        private Variable _recurrent = null!;

        public override IReadOnlyList<int> StateSize => [units];

        protected override void Build(Shape inputShape)
        {
            _kernel = AddWeight("kernel", [inputShape[^1], units], "glorotUniform");
            _recurrent = AddWeight("recurrent", [units, units], "orthogonal");
        }

        protected override (Tensor Output, Tensors States) Step(Tensor input, Tensors states, bool training)
        {
            var h = (input.MatMul(_kernel) + states[0].MatMul(_recurrent)).Tanh();
            return (h, h);
        }
    }

    private sealed class Nothing : Layer;
}
