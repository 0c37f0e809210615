using Unroll.Layers;
using Unroll.Tests.Support;

namespace Unroll.Tests.ComputeTests;

/// <summary>Small batches with many features, whose inputs are multiplied some steps at a time, against the readable layer.</summary>
public class LstmProjectionTests
{
    [Theory]
    [InlineData(1, 2, 32, 17, false, false)]
    [InlineData(1, 61, 40, 33, false, true)]
    [InlineData(3, 24, 33, 20, true, false)]
    [InlineData(5, 25, 50, 70, true, true)]
    [InlineData(5, 49, 35, 64, false, false)]
    public void Equals_the_readable_layer(int batch, int time, int features, int units, bool timeMajor, bool goBackwards)
    {
        Backend.SetRandomSeed(1);
        var fused = new LSTM(units, returnSequences: true, timeMajor: timeMajor, goBackwards: goBackwards);
        var readable = new RNN(new LSTMCell(units), returnSequences: true, timeMajor: timeMajor, goBackwards: goBackwards);
        var x = new RandomState(batch).Normal(0, 1, timeMajor ? [time, batch, features] : [batch, time, features]);
        fused.EnsureBuilt([x.Shape], from: null);
        readable.EnsureBuilt([x.Shape], from: null);
        readable.SetWeights(fused.GetWeights());
        var (expected, expectedGradient) = Run(readable, x);
        var (values, gradient) = Run(fused, x);
        Close.Assert([expected], [values], 2e-6, "output");
        Close.Assert([expected], [fused.Apply(x)], 2e-6, "inference");
        Close.Assert([expectedGradient], [gradient], 2e-5, "gradient");
    }

    private static (Tensor Values, Tensor Gradient) Run(Layer layer, Tensor x)
    {
        using var tape = new GradientTape();
        tape.Watch(x);
        var y = layer.Apply(x);
        return (y, tape.Gradient((y * y).Sum(), x)!);
    }
}
