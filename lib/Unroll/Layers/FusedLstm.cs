using Unroll.Kernels;

namespace Unroll.Layers;

/// <summary>The LSTM kernel as one operation on tensors, with its derivative on the tape.</summary>
internal static class FusedLstm
{
    /// <summary>
    /// Runs a sequence. <paramref name="x"/> is (batch, time, features), or (time, batch, features); the result is the
    /// sequence of outputs in the same order of axes, and the last h and c, each (batch, units).
    /// </summary>
    public static (Tensor Sequence, Tensor H, Tensor C) Run(
        Tensor x, Tensor h0, Tensor c0, LSTMCell cell, bool timeMajor, bool goBackwards)
    {
        var layout = new LstmLayout(
            Batch: x.Shape[timeMajor ? 1 : 0],
            Steps: x.Shape[timeMajor ? 0 : 1],
            Features: x.Shape[2],
            Units: cell.Units,
            TimeMajor: timeMajor,
            GoBackwards: goBackwards);
        Tensor kernel = cell.Kernel, recurrentKernel = cell.RecurrentKernel;
        Tensor? bias = cell.Bias?.Value;
        var trace = new LstmTrace(layout);
        var sequence = Tensor.Zeros(x.Shape.With(2, cell.Units));
        LstmForward.Run(
            layout, x.Span, h0.Span, c0.Span, kernel.Span, recurrentKernel.Span, bias is null ? [] : bias.Span, trace, sequence.Span);
        var h = Tensor.FromSpan(trace.LastH, layout.Batch, layout.Units);
        var c = Tensor.FromSpan(trace.LastC, layout.Batch, layout.Units);

        Tensor[] inputs = bias is null ? [x, h0, c0, kernel, recurrentKernel] : [x, h0, c0, kernel, recurrentKernel, bias];
        GradientTape.Record([sequence, h, c], inputs, gradients =>
        {
            if (GradientTape.Follows(inputs) || GradientTape.Follows([.. gradients.OfType<Tensor>()]))
            {
                throw new NotSupportedException(
                    "LSTM: second derivatives are not supported. Use RNN(new LSTMCell(units)), which computes the same through " +
                    "differentiable operations.");
            }

            var results = Array.ConvertAll(inputs, Tensor.ZerosLike);
            LstmBackward.Run(
                layout,
                x.Span,
                h0.Span,
                c0.Span,
                kernel.Span,
                recurrentKernel.Span,
                trace,
                new LstmGradients(SpanOf(gradients[0]), SpanOf(gradients[1]), SpanOf(gradients[2])),
                results[0].Span,
                results[1].Span,
                results[2].Span,
                results[3].Span,
                results[4].Span,
                bias is null ? [] : results[5].Span);
            return results;
        });
        return (sequence, h, c);
    }

    private static ReadOnlySpan<float> SpanOf(Tensor? gradient) => gradient is null ? [] : gradient.Span;
}
