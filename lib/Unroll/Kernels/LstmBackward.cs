using System.Buffers;
using System.Numerics.Tensors;

namespace Unroll.Kernels;

/// <summary>
/// The gradients that come back to an LSTM: of the sequence of outputs, of the last h and of the last c. An empty span
/// stands for zeros.
/// </summary>
internal readonly ref struct LstmGradients(ReadOnlySpan<float> sequence, ReadOnlySpan<float> h, ReadOnlySpan<float> c)
{
    public ReadOnlySpan<float> Sequence { get; } = sequence;

    public ReadOnlySpan<float> H { get; } = h;

    public ReadOnlySpan<float> C { get; } = c;
}

/// <summary>
/// The backward pass of an LSTM (backpropagation through time). Going back step by step gives the gradient of z for every
/// step; those of the weights are then single products over all steps:
/// <code>
/// do = dh * tanh(c');  dc += dh * o * (1 - tanh²(c'))
/// di = dc * g;  df = dc * c;  dg = dc * i;  each times the slope of its activation
/// dh(before) = dz · recurrentKernelᵀ;  dc(before) = dc * f
/// </code>
/// </summary>
internal static class LstmBackward
{
    /// <summary>Fills the gradients of the inputs and weights. An empty <paramref name="dBias"/> stands for no bias.</summary>
    public static void Run(
        LstmLayout layout,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> h0,
        ReadOnlySpan<float> c0,
        ReadOnlySpan<float> kernel,
        ReadOnlySpan<float> recurrentKernel,
        LstmTrace trace,
        LstmGradients gradients,
        Span<float> dX,
        Span<float> dH0,
        Span<float> dC0,
        Span<float> dKernel,
        Span<float> dRecurrentKernel,
        Span<float> dBias)
    {
        var (batch, units, width) = (layout.Batch, layout.Units, 4 * layout.Units);
        var pool = ArrayPool<float>.Shared;
        var dZ = pool.Rent(layout.Rows * width);
        var turned = pool.Rent(units * width);
        MatrixProduct.Transpose(recurrentKernel, turned, units, width);

        // dH0 and dC0 hold the gradient of the state while it travels back.
        if (!gradients.H.IsEmpty) gradients.H.CopyTo(dH0);
        if (!gradients.C.IsEmpty) gradients.C.CopyTo(dC0);
        for (var step = layout.Steps - 1; step >= 0; step--)
        {
            var before = step == 0 ? c0 : trace.CAt(step - 1);
            var dStep = dZ.AsSpan(step * batch * width, batch * width);
            for (var sample = 0; sample < batch; sample++)
            {
                var at = sample * units;
                var dH = dH0.Slice(at, units);
                if (!gradients.Sequence.IsEmpty)
                    TensorPrimitives.Add(dH, gradients.Sequence.Slice(layout.OutputRow(step, sample) * units, units), dH);
                Gates(
                    trace.GatesAt(step).Slice(sample * width, width),
                    before.Slice(at, units),
                    trace.CAt(step).Slice(at, units),
                    dH,
                    dC0.Slice(at, units),
                    dStep.Slice(sample * width, width));
            }

            MatrixProduct.Multiply(dStep, turned, dH0, batch, width, units);
        }

        // h before each step: h0, then the outputs but for the last one.
        var later = (layout.Steps - 1) * batch;
        MatrixProduct.MultiplyTransposedLeft(h0, dZ, dRecurrentKernel, units, batch, width);
        MatrixProduct.MultiplyTransposedLeft(
            trace.H.AsSpan(0, later * units), dZ.AsSpan(batch * width), dRecurrentKernel, units, later, width, accumulate: true);
        SumRows(dZ.AsSpan(0, layout.Rows * width), dBias);

        // The rest needs the rows in the order of the input.
        var ordered = pool.Rent(layout.Rows * width);
        for (var step = 0; step < layout.Steps; step++)
        {
            for (var sample = 0; sample < batch; sample++)
            {
                dZ.AsSpan((step * batch + sample) * width, width)
                    .CopyTo(ordered.AsSpan(layout.InputRow(step, sample) * width));
            }
        }

        MatrixProduct.MultiplyTransposedLeft(x, ordered, dKernel, layout.Features, layout.Rows, width);
        MatrixProduct.MultiplyTransposedRight(ordered, kernel, dX, layout.Rows, width, layout.Features);
        pool.Return(ordered);
        pool.Return(turned);
        pool.Return(dZ);
    }

    /// <summary>One sample's step back. On return <paramref name="dC"/> is the gradient of c before the step.</summary>
    private static void Gates(
        ReadOnlySpan<float> gates, ReadOnlySpan<float> before, ReadOnlySpan<float> after, ReadOnlySpan<float> dH, Span<float> dC, Span<float> dZ)
    {
        var units = before.Length;
        for (var j = 0; j < units; j++)
        {
            var (i, f, g, o) = (gates[j], gates[units + j], gates[2 * units + j], gates[3 * units + j]);
            var tanh = MathF.Tanh(after[j]);
            var dc = dC[j] + dH[j] * o * (1 - tanh * tanh);
            dZ[j] = dc * g * i * (1 - i);
            dZ[units + j] = dc * before[j] * f * (1 - f);
            dZ[2 * units + j] = dc * i * (1 - g * g);
            dZ[3 * units + j] = dH[j] * tanh * o * (1 - o);
            dC[j] = dc * f;
        }
    }

    private static void SumRows(ReadOnlySpan<float> rows, Span<float> sums)
    {
        if (sums.IsEmpty) return;
        for (var at = 0; at < rows.Length; at += sums.Length) TensorPrimitives.Add(sums, rows.Slice(at, sums.Length), sums);
    }
}
