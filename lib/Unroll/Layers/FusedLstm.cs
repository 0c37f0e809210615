using System.Buffers;
using Unroll.Compute;

namespace Unroll.Layers;

/// <summary>The LSTM kernel as one operation on tensors, with its derivative on the tape.</summary>
internal static class FusedLstm
{
    /// <summary>
    /// Runs a sequence. <paramref name="x"/> is (batch, time, features), or (time, batch, features) with
    /// <paramref name="timeMajor"/>. The result is the sequence of outputs, with its axes in the same order, or null where
    /// it is not asked for, and the last h and c, each (batch, units).
    /// </summary>
    public static (Tensor? Sequence, Tensor H, Tensor C) Run(
        Tensor x, Tensor h0, Tensor c0, LSTMCell cell, LstmTapes tapes, bool timeMajor, bool goBackwards, bool returnSequences)
    {
        var layout = LayoutOf(x, cell, timeMajor, goBackwards);
        Tensor kernel = cell.Kernel, recurrentKernel = cell.RecurrentKernel;
        Tensor? bias = cell.Bias?.Value;
        Tensor[] inputs = bias is null ? [x, h0, c0, kernel, recurrentKernel] : [x, h0, c0, kernel, recurrentKernel, bias];
        var tape = GradientTape.Follows(inputs) ? tapes.Rent(Traced(layout, cell.Name)) : null;

        var sequence = returnSequences ? Tensor.Unwritten(x.Shape.With(2, cell.Units)) : null;
        var h = Tensor.Unwritten(Shape.Of(layout.Batch, layout.Units));
        var c = Tensor.Unwritten(h.Shape);
        LstmForward.Run(
            layout, x.Values, h0.Values, c0.Values, kernel.Values, recurrentKernel.Values, SpanOf(bias), tape, SpanOf(sequence), h.Values, c.Values);
        if (tape is not null)
            Record(layout, inputs, sequence, h, c, tape, tapes);
        return (sequence, h, c);
    }

    /// <summary>Runs a sequence from zeros, unseen by a tape, and gives the sequence of outputs or the last one.</summary>
    public static Tensor Infer(Tensor x, LSTMCell cell, bool timeMajor, bool goBackwards, bool returnSequences)
    {
        var layout = LayoutOf(x, cell, timeMajor, goBackwards);
        var result = Tensor.Unwritten(returnSequences ? x.Shape.With(2, cell.Units) : Shape.Of(layout.Batch, layout.Units));
        var states = ArrayPool<float>.Shared.Rent(2 * layout.Batch * layout.Units);
        var h = returnSequences ? states.AsSpan(layout.Batch * layout.Units, layout.Batch * layout.Units) : result.Values;
        LstmForward.Run(
            layout,
            x.Values,
            [],
            [],
            cell.Kernel.Readable,
            cell.RecurrentKernel.Readable,
            cell.Bias is null ? [] : cell.Bias.Readable,
            tape: null,
            returnSequences ? result.Values : [],
            h,
            states.AsSpan(0, layout.Batch * layout.Units));
        ArrayPool<float>.Shared.Return(states);
        return result;
    }

    private static LstmLayout LayoutOf(Tensor x, LSTMCell cell, bool timeMajor, bool goBackwards)
    {
        var layout = new LstmLayout(
            Batch: x.Shape[timeMajor ? 1 : 0],
            Steps: x.Shape[timeMajor ? 0 : 1],
            Features: x.Shape[2],
            Units: cell.Units,
            TimeMajor: timeMajor,
            GoBackwards: goBackwards);

        // Two blocks of rows, and both kernels side by side, padded to whole vectors.
        CheckSize(2L * layout.Batch * layout.Depth, layout, cell.Name, "two steps of input and state");
        CheckSize((long)layout.Depth * 4 * (layout.Units + 15L), layout, cell.Name, "both kernels side by side");
        return layout;
    }

    private static LstmLayout Traced(LstmLayout layout, string layer)
    {
        CheckSize((layout.Steps + 1L) * layout.Batch * layout.Depth, layout, layer, "input and state of every step, kept for the gradient,");
        CheckSize(4L * layout.Rows * layout.Units, layout, layer, "the gates of every step, kept for the gradient,");
        return layout;
    }

    private static void CheckSize(long numbers, LstmLayout layout, string layer, string what)
    {
        if (numbers <= Array.MaxLength)
            return;
        throw new ArgumentException(
            $"{layer}: {what} would be {numbers} numbers " +
            $"for a batch of {layout.Batch}, {layout.Steps} steps, {layout.Features} features and {layout.Units} units; " +
            $"{Array.MaxLength} is the most. Use smaller batches or fewer units.");
    }

    private static void Record(
        LstmLayout layout, Tensor[] inputs, Tensor? sequence, Tensor h, Tensor c, LstmTape tape, LstmTapes tapes)
    {
        Tensor[] outputs = sequence is null ? [h, c] : [h, c, sequence];
        GradientTape.Record(outputs, inputs, (gradients, wanted, last) =>
        {
            // The input's gradient is a product of its own, and the first layer of a model is not asked for it.
            var results = inputs.Select((input, i) => i > 0 || wanted[0] ? Tensor.Unwritten(input.Shape) : null).ToArray();
            var own = last ? tape : tape.Copy();
            LstmBackward.Run(
                layout,
                inputs[2].Values,
                inputs[3].Values,
                inputs[4].Values,
                own,
                new LstmGradients(sequence is null ? [] : SpanOf(gradients[2]), SpanOf(gradients[0]), SpanOf(gradients[1])),
                SpanOf(results[0]),
                SpanOf(results[1]),
                SpanOf(results[2]),
                SpanOf(results[3]),
                SpanOf(results[4]),
                inputs.Length > 5 ? SpanOf(results[5]) : []);
            tapes.Return(own);
            RefuseSecond([.. results.OfType<Tensor>()], [.. inputs, .. gradients.OfType<Tensor>()]);
            return results;
        });
    }

    /// <summary>An outer tape may go on, but not back through these gradients.</summary>
    private static void RefuseSecond(Tensor[] results, Tensor[] inputs) =>
        GradientTape.Record(results, inputs, (_, _, _) => throw new NotSupportedException(
            "LSTM: second derivatives are not supported. Use RNN(new LSTMCell(units)), which computes the same through " +
            "differentiable operations."));

    private static Span<float> SpanOf(Tensor? tensor) => tensor is null ? [] : tensor.Values;
}
