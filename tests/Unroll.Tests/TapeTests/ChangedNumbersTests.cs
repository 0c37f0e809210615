using Unroll.Layers;
using Unroll.Tests.Support;
using Unroll.Training;

namespace Unroll.Tests.TapeTests;

/// <summary>Gradients are those of the numbers as they were recorded, or there is an error.</summary>
public class ChangedNumbersTests
{
    [Fact]
    public void Assign_under_a_persistent_tape_does_not_change_its_gradients()
    {
        var weight = new Variable(2f, "w");
        using var tape = new GradientTape(persistent: true);
        var y = weight * (Tensor)weight;
        Assert.Equal(4, tape.Gradient(y, [weight])[0]!.Item());
        weight.Assign(10f);
        Assert.Equal(4, tape.Gradient(y, [weight])[0]!.Item());
        Assert.Equal(4, tape.Gradient(y, weight)!.Item());
        Assert.Equal(10, weight.Value.Item());

        // As in TensorFlow, every reading of a variable counts.
        var z = y + weight * (Tensor)weight;
        Assert.Equal(4 + 20, tape.Gradient(z, weight)!.Item());
    }

    [Fact]
    public void A_value_taken_before_the_tape_is_kept_too()
    {
        var weight = new Variable(2f, "w");
        var value = weight.Value;
        using var tape = new GradientTape(persistent: true);
        tape.Watch(value);
        var y = value * value;
        weight.Assign(10f);
        Assert.Equal(4, tape.Gradient(y, value)!.Item());
    }

    [Fact]
    public void Where_no_tape_needs_them_numbers_are_changed_in_place()
    {
        var weight = new Variable(Tensor.Ones(3), "w");
        var value = weight.Value;
        weight.Assign(2 * Tensor.Ones(3));
        Assert.Same(value, weight.Value);
        using (var tape = new GradientTape())
        {
            tape.Gradient((weight * Tensor.Of(2)).Sum(), weight);
            weight.Assign(Tensor.Ones(3));
        }

        Assert.Same(value, weight.Value);
    }

    public static TheoryData<string> Layers => ["LSTM", "RNN", "Dense", "Conv1D", "Bidirectional"];

    [Theory]
    [MemberData(nameof(Layers))]
    public void SetWeights_after_the_forward_pass(string kind)
    {
        var (layer, x) = Made(kind);
        using var tape = new GradientTape(persistent: true);
        tape.Watch(x);
        var y = layer.Apply(x).Square().Sum();
        var before = Gradients(tape, y, layer, x);
        layer.SetWeights([.. layer.GetWeights().Select(weight => weight * 3)]);
        Same(before, Gradients(tape, y, layer, x));
    }

    [Theory]
    [InlineData("sgd")]
    [InlineData("adam")]
    [InlineData("rmsprop")]
    public void Steps_of_an_optimizer_under_a_persistent_tape(string name)
    {
        foreach (var kind in new[] { "LSTM", "RNN", "Dense" })
        {
            var (layer, x) = Made(kind);
            var optimizer = Optimizer.FromString(name);
            optimizer.LearningRate = 0.5;
            using var tape = new GradientTape(persistent: true);
            tape.Watch(x);
            var y = layer.Apply(x).Square().Sum();
            var before = Gradients(tape, y, layer, x);
            var weights = layer.GetWeights();
            optimizer.ApplyGradients(tape.Gradient(y, layer.Weights), layer.Weights);
            Assert.NotEqual(weights[0].ToArray(), layer.GetWeights()[0].ToArray());
            Same(before, Gradients(tape, y, layer, x));
        }
    }

    [Fact]
    public void A_weight_that_is_not_trained_is_kept_as_well()
    {
        var (layer, x) = Made("LSTM");
        layer.Trainable = false;
        using var tape = new GradientTape(persistent: true);
        tape.Watch(x);
        var y = layer.Apply(x).Sum();
        var before = tape.Gradient(y, x)!;
        layer.SetWeights([.. layer.GetWeights().Select(weight => weight * 3)]);
        Same([before], [tape.Gradient(y, x)!]);
    }

    public static TheoryData<string> Writings => ["input", "weight", "output", "state", "span taken before"];

    [Theory]
    [MemberData(nameof(Writings))]
    public void Numbers_written_through_their_Span_are_refused(string what)
    {
        var layer = new LSTM(3, returnState: true);
        var x = new RandomState(1).Normal(0, 1, [2, 4, 2]);
        Tensor h = Tensor.Ones(2, 3), c = Tensor.Ones(2, 3);
        var early = x.Span;
        using var tape = new GradientTape(persistent: true);
        tape.Watch(x);
        var output = layer.ApplyAll(x, [h, c])[0];
        var y = output.Exp();
        Assert.NotNull(tape.Gradient(y, x));
        switch (what)
        {
            case "input":
                x.Span[1] = 9;
                break;
            case "weight":
                layer.Weights[0].Value.Span[1] = 9;
                break;
            case "output":
                y.Span[1] = 9;
                break;
            case "state":
                h.Span[0] = 9;
                break;
            default:
                early[0] = 9;
                break;
        }

        Assert.Contains("was written through its Span after the tape recorded", Assert.Throws<InvalidOperationException>(() => tape.Gradient(y, x)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_read_through_their_Span_are_not()
    {
        var x = Tensor.Of([1, 2, 3]);
        Assert.Equal(1, x.Span[0]);
        using var tape = new GradientTape(persistent: true);
        tape.Watch(x);
        var y = x * x;
        Assert.Equal(4, y.Span[1] * x.Span[0]);
        Assert.Equal("[2. 4. 6.]", tape.Gradient(y, x)!.ToString());
        Assert.Equal("[2. 4. 6.]", tape.Gradient(y, x)!.ToString());
    }

    [Fact]
    public void Numbers_written_before_they_are_recorded_count()
    {
        var x = Tensor.Of([1, 2]);
        for (var round = 1; round <= 3; round++)
        {
            x.Span[0] = round;
            using var tape = new GradientTape();
            tape.Watch(x);
            Assert.Equal([2 * round, 4], tape.Gradient(x * x, x)!.ToArray());
        }
    }

    private static (Layer Layer, Tensor X) Made(string kind)
    {
        Layer layer = kind switch
        {
            "LSTM" => new LSTM(3),
            "RNN" => new RNN(new LSTMCell(3)),
            "Dense" => new Dense(3, "tanh"),
            "Conv1D" => new Conv1D(2, 2),
            _ => new Bidirectional(new LSTM(2)),
        };
        var x = new RandomState(1).Normal(0, 1, [2, 4, 2]);
        layer.Apply(x);
        return (layer, x);
    }

    private static Tensor[] Gradients(GradientTape tape, Tensor y, Layer layer, Tensor x) =>
        [tape.Gradient(y, x)!, .. tape.Gradient(y, layer.Weights).Select(gradient => gradient!)];

    private static void Same(Tensor[] expected, Tensor[] actual) => Close.Assert(expected, actual, 0, "gradient");
}
