using CsCheck;
using Unroll.Layers;
using Unroll.Tests.Support;

namespace Unroll.Tests.PropertyTests;

/// <summary>
/// The fused LSTM equals RNN(LSTMCell), values and all gradients, on random shapes and options. The two add up in another
/// order, so float32 lets them differ in the last digits.
/// </summary>
public class FusedEqualsReadableTests
{
    private const double Tolerance = 2e-5;

    private static readonly Gen<Options> AnyOptions = Gen.Select(
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 9], Gen.Int[1, 8], Gen.Int[1, 20]),
        Gen.Select(Gen.Bool, Gen.Bool, Gen.OneOf(Gen.Const(0.0), Gen.Const(0.4)), Gen.Bool),
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool),
        Gen.Int[0, 10_000],
        (sizes, weights, ways, seed) => new Options(sizes, weights, ways, seed));

    /// <summary>What fails is made smaller until it is the least that does.</summary>
    [Fact]
    public void On_random_shapes_and_options() => AnyOptions.Sample(CheckEqual, seed: "000000000001", iter: 100, threads: 1);

    private static void CheckEqual(Options options)
    {
        var ((batch, time, features, units), (useBias, unitForgetBias, dropout, training), (sequences, state, backwards, stateful, timeMajor), seed) = options;
        var random = new RandomState(seed);
        var fused = new LSTM(
            units,
            useBias: useBias,
            unitForgetBias: unitForgetBias,
            dropout: dropout,
            returnSequences: sequences,
            returnState: state,
            goBackwards: backwards,
            stateful: stateful,
            timeMajor: timeMajor);
        var readable = new RNN(
            new LSTMCell(units, useBias: useBias, unitForgetBias: unitForgetBias, dropout: dropout),
            returnSequences: sequences,
            returnState: state,
            goBackwards: backwards,
            stateful: stateful,
            timeMajor: timeMajor);
        Shape shape = timeMajor ? [time, batch, features] : [batch, time, features];
        fused.EnsureBuilt([shape], from: null);
        readable.EnsureBuilt([shape], from: null);
        foreach (var weight in fused.Weights)
            weight.Assign(random.Normal(0, 0.6, weight.Shape));
        readable.SetWeights(fused.GetWeights());

        for (var call = 0; call < (stateful ? 2 : 1); call++)
        {
            Tensor[] inputs = [random.Normal(0, 1, shape)];
            if (random.RandInt(2) == 1)
                inputs = [.. inputs, random.Normal(0, 1, [batch, units]), random.Normal(0, 1, [batch, units])];
            var (values, gradients) = Run(fused, inputs, training, seed);
            var (expected, expectedGradients) = Run(readable, inputs, training, seed);
            Close.Assert(expected, values, Tolerance, $"call {call}, output");
            Close.Assert(expectedGradients, gradients, Tolerance, $"call {call}, gradient");
        }
    }

    [Theory]
    [InlineData(40, 33, 17, 67)]
    [InlineData(3, 1, 1, 128)]
    [InlineData(1, 200, 5, 8)]
    public void On_large_shapes(int batch, int time, int features, int units)
    {
        var random = new RandomState(batch);
        var fused = new LSTM(units, returnSequences: true, returnState: true);
        var readable = new RNN(new LSTMCell(units), returnSequences: true, returnState: true);
        Tensor[] inputs = [random.Normal(0, 1, [batch, time, features])];
        fused.ApplyAll(inputs);
        readable.ApplyAll(inputs);
        readable.SetWeights(fused.GetWeights());
        var (values, gradients) = Run(fused, inputs, training: false, seed: 1);
        var (expected, expectedGradients) = Run(readable, inputs, training: false, seed: 1);
        Close.Assert(expected, values, 5e-6, "output");
        Close.Assert(expectedGradients, gradients, 2e-5, "gradient");
    }

    private static (Tensors Values, Tensor[] Gradients) Run(RNN layer, Tensor[] inputs, bool training, int seed)
    {
        Backend.SetRandomSeed(seed);
        using var tape = new GradientTape();
        foreach (var input in inputs)
            tape.Watch(input);
        var outputs = layer.ApplyAll(inputs, training);
        var random = new RandomState(seed);
        var loss = outputs.Select(output => (output * random.Normal(0, 1, output.Shape)).Sum()).Aggregate((a, b) => a + b);
        Tensor[] sources = [.. inputs, .. layer.Weights.Select(weight => weight.Value)];
        return (outputs, [.. tape.Gradient(loss, sources).Select((gradient, i) => gradient ?? Tensor.Zeros(sources[i].Shape))]);
    }

    private sealed record Options(
        (int Batch, int Time, int Features, int Units) Sizes,
        (bool UseBias, bool UnitForgetBias, double Dropout, bool Training) Weights,
        (bool Sequences, bool State, bool Backwards, bool Stateful, bool TimeMajor) Ways,
        int Seed);
}
