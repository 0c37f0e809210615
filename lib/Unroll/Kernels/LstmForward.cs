using System.Buffers;
using System.Numerics.Tensors;

namespace Unroll.Kernels;

/// <summary>
/// The forward pass of an LSTM over a whole sequence. The inputs of all steps are multiplied at once; each step then adds
/// its product with h and passes over the gates:
/// <code>
/// z = x · kernel + bias + h · recurrentKernel        (batch, 4·units), gates i, f, g, o
/// c' = σ(f) * c + σ(i) * tanh(g);  h' = σ(o) * tanh(c')
/// </code>
/// </summary>
internal static class LstmForward
{
    /// <summary>
    /// Fills <paramref name="trace"/> and <paramref name="sequence"/>. An empty bias stands for none.
    /// </summary>
    public static void Run(
        LstmLayout layout,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> h0,
        ReadOnlySpan<float> c0,
        ReadOnlySpan<float> kernel,
        ReadOnlySpan<float> recurrentKernel,
        ReadOnlySpan<float> bias,
        LstmTrace trace,
        Span<float> sequence)
    {
        var (batch, units, width) = (layout.Batch, layout.Units, 4 * layout.Units);
        var projected = ArrayPool<float>.Shared.Rent(layout.Rows * width);
        MatrixProduct.Multiply(x, kernel, projected, layout.Rows, layout.Features, width);
        var h = h0;
        var c = c0;
        for (var step = 0; step < layout.Steps; step++)
        {
            var gates = trace.GatesAt(step);
            for (var sample = 0; sample < batch; sample++)
            {
                var row = gates.Slice(sample * width, width);
                projected.AsSpan(layout.InputRow(step, sample) * width, width).CopyTo(row);
                if (!bias.IsEmpty) TensorPrimitives.Add(row, bias, row);
            }

            MatrixProduct.Multiply(h, recurrentKernel, gates, batch, units, width, accumulate: true);
            var nextC = trace.CAt(step);
            var nextH = trace.HAt(step);
            for (var sample = 0; sample < batch; sample++)
            {
                var at = sample * units;
                Gates(gates.Slice(sample * width, width), c.Slice(at, units), nextC.Slice(at, units), nextH.Slice(at, units));
                nextH.Slice(at, units).CopyTo(sequence[(layout.OutputRow(step, sample) * units)..]);
            }

            h = nextH;
            c = nextC;
        }

        ArrayPool<float>.Shared.Return(projected);
    }

    /// <summary>One sample's step: the gates before their activations become those behind them, and give c and h.</summary>
    private static void Gates(Span<float> gates, ReadOnlySpan<float> c, Span<float> nextC, Span<float> nextH)
    {
        var units = c.Length;
        var inputAndForget = gates[..(2 * units)];
        var candidate = gates.Slice(2 * units, units);
        var output = gates[(3 * units)..];
        TensorPrimitives.Sigmoid(inputAndForget, inputAndForget);
        HyperbolicTangent.Run(candidate, candidate);
        TensorPrimitives.Sigmoid(output, output);
        TensorPrimitives.Multiply(inputAndForget[units..], c, nextC);
        TensorPrimitives.MultiplyAdd(inputAndForget[..units], candidate, nextC, nextC);
        HyperbolicTangent.Run(nextC, nextH);
        TensorPrimitives.Multiply(nextH, output, nextH);
    }
}
