using CsCheck;
using Unroll.Layers;
using Unroll.Tests.Support;

namespace Unroll.Tests.PropertyTests;

/// <summary>
/// The fused layers equal RNN of their cells, values and all gradients, on random shapes, options and masks. The two add up in
/// another order, so float32 lets them differ in the last digits.
/// </summary>
public class FusedEqualsReadableTests
{
    private const double Tolerance = 2e-5;

    private static readonly Dictionary<string, (Func<Options, RNN> Fused, Func<Options, RNNCell> Cell)> Pairs = new(StringComparer.Ordinal)
    {
        [nameof(LSTM)] = (
            o => new LSTM(
                o.Sizes.Units, useBias: o.Weights.UseBias, unitForgetBias: o.Weights.UnitForgetBias, dropout: o.Weights.Dropout,
                returnSequences: o.Ways.Sequences, returnState: o.Ways.State, goBackwards: o.Ways.Backwards, stateful: o.Ways.Stateful,
                zeroOutputForMask: o.Masks.ZeroOutput, timeMajor: o.Ways.TimeMajor),
            o => new LSTMCell(o.Sizes.Units, useBias: o.Weights.UseBias, unitForgetBias: o.Weights.UnitForgetBias, dropout: o.Weights.Dropout)),
        [nameof(GRU)] = (
            o => new GRU(
                o.Sizes.Units, useBias: o.Weights.UseBias, dropout: o.Weights.Dropout,
                returnSequences: o.Ways.Sequences, returnState: o.Ways.State, goBackwards: o.Ways.Backwards, stateful: o.Ways.Stateful,
                zeroOutputForMask: o.Masks.ZeroOutput, timeMajor: o.Ways.TimeMajor),
            o => new GRUCell(o.Sizes.Units, useBias: o.Weights.UseBias, dropout: o.Weights.Dropout)),
        [nameof(SimpleRNN)] = (
            o => new SimpleRNN(
                o.Sizes.Units, useBias: o.Weights.UseBias, dropout: o.Weights.Dropout,
                returnSequences: o.Ways.Sequences, returnState: o.Ways.State, goBackwards: o.Ways.Backwards, stateful: o.Ways.Stateful,
                zeroOutputForMask: o.Masks.ZeroOutput, timeMajor: o.Ways.TimeMajor),
            o => new SimpleRNNCell(o.Sizes.Units, useBias: o.Weights.UseBias, dropout: o.Weights.Dropout)),
    };

    private static readonly Gen<Options> AnyOptions = Gen.Select(
        Gen.Select(Gen.Int[1, 8], Gen.Int[1, 9], Gen.OneOf(Gen.Int[1, 8], Gen.Int[32, 40]), Gen.Int[1, 40]),
        Gen.Select(Gen.Bool, Gen.Bool, Gen.OneOf(Gen.Const(0.0), Gen.Const(0.4)), Gen.Bool),
        Gen.Select(Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool, Gen.Bool),
        Gen.Select(Gen.Bool, Gen.Bool),
        Gen.Int[0, 10_000],
        (sizes, weights, ways, masks, seed) => new Options(sizes, weights, ways, masks, seed));

    public static TheoryData<string> Layers => new(Pairs.Keys);

    /// <summary>What fails is made smaller until it is the least that does.</summary>
    [Theory]
    [MemberData(nameof(Layers))]
    public void On_random_shapes_options_and_masks(string layer) =>
        AnyOptions.Sample(options => CheckEqual(layer, options), seed: "000000000001", iter: 120, threads: 1);

    private static void CheckEqual(string layer, Options options)
    {
        var ((batch, time, features, units), weights, ways, masks, seed) = options;
        var random = new RandomState(seed);
        var fused = Pairs[layer].Fused(options);
        var readable = new RNN(
            Pairs[layer].Cell(options),
            returnSequences: ways.Sequences,
            returnState: ways.State,
            goBackwards: ways.Backwards,
            stateful: ways.Stateful,
            zeroOutputForMask: masks.ZeroOutput,
            timeMajor: ways.TimeMajor);
        Shape shape = ways.TimeMajor ? [time, batch, features] : [batch, time, features];
        fused.EnsureBuilt([shape], from: null);
        readable.EnsureBuilt([shape], from: null);
        foreach (var weight in fused.Weights)
            weight.Assign(random.Normal(0, 1.5 / Math.Sqrt(features + units), weight.Shape));
        readable.SetWeights(fused.GetWeights());

        for (var call = 0; call < (ways.Stateful ? 2 : 1); call++)
        {
            Tensor[] inputs = [random.Normal(0, 1, shape)];
            if (random.RandInt(2) == 1)
                inputs = [.. inputs, .. fused.Cell.StateSize.Select(_ => random.Normal(0, 1, [batch, units]))];
            var mask = masks.HasMask ? Tensor.Greater(random.Uniform(0, 1, [shape[0], shape[1]]), 0.4f) : null;
            var (values, gradients) = Run(fused, inputs, mask, weights.Training, seed);
            var (expected, expectedGradients) = Run(readable, inputs, mask, weights.Training, seed);
            Close.Assert(expected, values, Tolerance, $"call {call}, output");
            Close.Assert(expectedGradients, gradients, Tolerance, $"call {call}, gradient");
        }
    }

    [Theory]
    [InlineData(nameof(LSTM), 40, 33, 17, 67)]
    [InlineData(nameof(LSTM), 3, 1, 1, 128)]
    [InlineData(nameof(LSTM), 1, 200, 5, 8)]
    [InlineData(nameof(GRU), 40, 33, 17, 67)]
    [InlineData(nameof(GRU), 3, 1, 1, 128)]
    [InlineData(nameof(GRU), 1, 200, 5, 8)]
    [InlineData(nameof(SimpleRNN), 40, 33, 17, 67)]
    [InlineData(nameof(SimpleRNN), 3, 1, 1, 128)]
    [InlineData(nameof(SimpleRNN), 1, 200, 5, 8)]
    public void On_large_shapes(string layer, int batch, int time, int features, int units)
    {
        var random = new RandomState(batch);
        var options = new Options((batch, time, features, units), (true, true, 0, false), (true, true, false, false, false), (false, false), 1);
        var fused = Pairs[layer].Fused(options);
        var readable = new RNN(Pairs[layer].Cell(options), returnSequences: true, returnState: true);
        Tensor[] inputs = [random.Normal(0, 1, [batch, time, features])];
        fused.ApplyAll(inputs);
        readable.ApplyAll(inputs);
        readable.SetWeights(fused.GetWeights());
        var (values, gradients) = Run(fused, inputs, null, training: false, seed: 1);
        var (expected, expectedGradients) = Run(readable, inputs, null, training: false, seed: 1);
        Close.Assert(expected, values, 5e-6, "output");
        Close.Assert(expectedGradients, gradients, 3e-5, "gradient");
    }

    private static (Tensors Values, Tensor[] Gradients) Run(RNN layer, Tensor[] inputs, Tensor? mask, bool training, int seed)
    {
        Backend.SetRandomSeed(seed);
        using var tape = new GradientTape();
        foreach (var input in inputs)
            tape.Watch(input);
        Tensor[] masked = mask is null ? inputs : [inputs[0].WithMask(mask), .. inputs[1..]];
        var outputs = layer.ApplyAll(masked, training);
        if (layer.States is null && !training && outputs.Count == 1)
            Close.Assert(outputs, ActivelyInferred(layer, masked), 1e-5, "inference without a tape");
        var random = new RandomState(seed);
        var loss = outputs.Select(output => (output * random.Normal(0, 1, output.Shape)).Sum()).Aggregate((a, b) => a + b);
        Tensor[] sources = [.. inputs, .. layer.Weights.Select(weight => weight.Value)];
        return (outputs, [.. tape.Gradient(loss, sources).Select((gradient, i) => gradient ?? Tensor.Zeros(sources[i].Shape))]);
    }

    /// <summary>The same call where no tape follows, which takes another way through the kernel.</summary>
    private static Tensors ActivelyInferred(RNN layer, Tensor[] inputs)
    {
        using var silence = ActiveTapes.Pause();
        return layer.ApplyAll(inputs);
    }

    private sealed record Options(
        (int Batch, int Time, int Features, int Units) Sizes,
        (bool UseBias, bool UnitForgetBias, double Dropout, bool Training) Weights,
        (bool Sequences, bool State, bool Backwards, bool Stateful, bool TimeMajor) Ways,
        (bool HasMask, bool ZeroOutput) Masks,
        int Seed);
}
