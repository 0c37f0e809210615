using System.Buffers;
using Unroll.Compute.Recurrent;

namespace Unroll.Layers;

/// <summary>A fused kernel as one operation on tensors, with its derivative on the tape.</summary>
internal static class FusedRecurrent
{
    /// <summary>
    /// Runs a sequence. <paramref name="x"/> is (batch, time, features), or (time, batch, features) with timeMajor. The result
    /// is the sequence of outputs, with its axes in the same order, or null where it is not asked for, and the last states,
    /// each (batch, units).
    /// </summary>
    public static (Tensor? Sequence, Tensors States) Run(Tensor x, Tensors states, Tensor? mask, KernelCell cell, RecurrentTapes tapes, Way way)
    {
        var (kernel, layout) = (cell.Fused!, LayoutOf(x.Shape, cell, way));
        Tensor?[] bias = cell.Bias is null ? [] : [cell.Bias.Value];
        Tensor[] inputs = [x, cell.Kernel, cell.RecurrentKernel, .. states, .. bias.OfType<Tensor>()];
        var isFollowed = GradientTape.Follows(inputs);
        if (isFollowed && way.Remat && layout.Steps > 1)
            return RunInParts(kernel, layout, inputs, states, mask, way, tapes, cell);
        var tape = isFollowed ? tapes.Rent(Traced(layout, cell.Name), kernel) : null;

        var sequence = way.ReturnSequences ? Tensor.Unwritten(x.Shape.With(2, cell.Units)) : null;
        var last = new Tensors([.. states.Select(state => Tensor.Unwritten(state.Shape))]);
        var operands = Operands(inputs, states.Count, mask, way);
        var packed = tape is null ? cell.KeptWeights.For(cell, layout, operands) : null;
        kernel.Forward(layout, operands with { Packed = packed }, tape, Outputs(sequence, last));
        if (tape is not null)
            Record(kernel, layout, inputs, sequence, last, mask, way, tape, tapes, cell);
        return (sequence, last);
    }

    /// <summary>The same, where the way back makes the steps again: see <see cref="RematScope"/>.</summary>
    private static (Tensor? Sequence, Tensors States) RunInParts(
        RecurrentKernel kernel, RecurrentLayout layout, Tensor[] inputs, Tensors states, Tensor? mask, Way way, RecurrentTapes tapes, KernelCell cell)
    {
        var sequence = way.ReturnSequences ? Tensor.Unwritten(inputs[0].Shape.With(2, layout.Units)) : null;
        var last = new Tensors([.. states.Select(state => Tensor.Unwritten(state.Shape))]);
        var checkpoints = new Checkpoints(kernel, layout);
        checkpoints.Forward(Operands(inputs, states.Count, mask, way), Outputs(sequence, last));
        RecordBack(inputs, sequence, last, cell, (gradients, wanted, _) =>
        {
            var results = NewGradients(inputs, wanted);
            var tape = tapes.Rent(Traced(checkpoints.Longest, cell.Name), kernel);
            checkpoints.Backward(Operands(inputs, states.Count, mask, way), tape, Outgoing(sequence, states, gradients), Gradients(results, states));
            tapes.Return(tape);
            return results;
        });
        return (sequence, last);
    }

    /// <summary>
    /// Runs a sequence unseen by a tape, and gives the sequence of outputs or the last one. It begins with zeros where
    /// <paramref name="initial"/> is empty; <paramref name="last"/> takes the last states, where they are asked for.
    /// </summary>
    public static Tensor Infer(Tensor x, KernelCell cell, Way way, Tensors initial, Tensors last)
    {
        var (kernel, layout) = (cell.Fused!, LayoutOf(x.Shape, cell, way));
        var size = layout.Batch * layout.Units;
        var result = Tensor.Unwritten(way.ReturnSequences ? x.Shape.With(2, cell.Units) : Shape.Of(layout.Batch, layout.Units));
        var states = ArrayPool<float>.Shared.Rent(2 * size);
        var inputs = new RecurrentInputs
        {
            X = x.Values,
            H0 = initial.Count > 0 ? initial[0].Values : [],
            C0 = initial.Count > 1 ? initial[1].Values : [],
            Kernel = cell.Kernel.Readable,
            RecurrentKernel = cell.RecurrentKernel.Readable,
            Bias = cell.Bias is null ? [] : cell.Bias.Readable,
        };
        kernel.Forward(layout, inputs with { Packed = cell.KeptWeights.For(cell, layout, inputs) }, tape: null, new RecurrentOutputs
        {
            Sequence = way.ReturnSequences ? result.Values : [],
            H = last.Count > 0 ? last[0].Values : way.ReturnSequences ? states.AsSpan(size, size) : result.Values,
            C = last.Count > 1 ? last[1].Values : kernel.HasCellState ? states.AsSpan(0, size) : [],
        });
        if (last.Count > 0 && !way.ReturnSequences)
            last[0].Values.CopyTo(result.Values);
        ArrayPool<float>.Shared.Return(states);
        return result;
    }

    private static RecurrentInputs Operands(Tensor[] inputs, int states, Tensor? mask, Way way) => new()
    {
        X = inputs[0].Values,
        Kernel = inputs[1].Values,
        RecurrentKernel = inputs[2].Values,
        H0 = inputs[3].Values,
        C0 = states > 1 ? inputs[4].Values : [],
        Bias = inputs.Length > 3 + states ? inputs[^1].Values : [],
        Mask = SpanOf(mask),
        ZeroOutputForMask = way.ZeroOutputForMask,
    };

    private static RecurrentOutputs Outputs(Tensor? sequence, IReadOnlyList<Tensor?> states) => new()
    {
        Sequence = SpanOf(sequence),
        H = SpanOf(states[0]),
        C = states.Count > 1 ? SpanOf(states[1]) : [],
    };

    /// <summary>The sizes of a pass over an input of this shape.</summary>
    public static RecurrentLayout LayoutOf(Shape x, KernelCell cell, Way way)
    {
        var layout = new RecurrentLayout(
            Batch: x[way.TimeMajor ? 1 : 0],
            Steps: x[way.TimeMajor ? 0 : 1],
            Features: x[2],
            Units: cell.Units,
            Gates: cell.Fused!.Gates,
            TimeMajor: way.TimeMajor,
            GoBackwards: way.GoBackwards);

        // Two blocks of rows, and both kernels side by side, padded to whole vectors.
        CheckSize(2L * layout.Batch * layout.Depth, layout, cell.Name, "two steps of input and state");
        CheckSize(layout.Depth * (long)layout.Gates * (layout.Units + 63L), layout, cell.Name, "both kernels side by side");
        return layout;
    }

    private static RecurrentLayout Traced(RecurrentLayout layout, string layer)
    {
        CheckSize((layout.Steps + 1L) * layout.Batch * layout.Depth, layout, layer, "input and state of every step, kept for the gradient,");
        CheckSize((long)layout.Gates * layout.Rows * layout.Units, layout, layer, "the gates of every step, kept for the gradient,");
        return layout;
    }

    private static void CheckSize(long numbers, RecurrentLayout layout, string layer, string what)
    {
        if (numbers <= Array.MaxLength)
            return;
        throw new ArgumentException(
            $"{layer}: {what} would be {numbers} numbers " +
            $"for a batch of {layout.Batch}, {layout.Steps} steps, {layout.Features} features and {layout.Units} units; " +
            $"{Array.MaxLength} is the most. Use smaller batches or fewer units.");
    }

    private static void Record(
        RecurrentKernel kernel, RecurrentLayout layout, Tensor[] inputs, Tensor? sequence, Tensors states, Tensor? mask, Way way,
        RecurrentTape tape, RecurrentTapes tapes, KernelCell cell) => RecordBack(inputs, sequence, states, cell, (gradients, wanted, last) =>
        {
            var results = NewGradients(inputs, wanted);
            var own = last ? tape : tape.Copy();
            kernel.Backward(layout, Operands(inputs, states.Count, mask, way), own, Outgoing(sequence, states, gradients), Gradients(results, states));
            tapes.Return(own);
            return results;
        });

    private static void RecordBack(
        Tensor[] inputs, Tensor? sequence, Tensors states, KernelCell cell, Func<Tensor?[], bool[], bool, Tensor?[]> back)
    {
        Tensor[] outputs = sequence is null ? [.. states] : [.. states, sequence];
        GradientTape.Record(outputs, inputs, (gradients, wanted, last) =>
        {
            var results = back(gradients, wanted, last);
            RefuseSecond([.. results.OfType<Tensor>()], [.. inputs, .. gradients.OfType<Tensor>()], cell);
            return results;
        });
    }

    /// <summary>The input's gradient is a product of its own, and the first layer of a model is not asked for it.</summary>
    private static Tensor?[] NewGradients(Tensor[] inputs, bool[] wanted) =>
        [.. inputs.Select((input, i) => i > 0 || wanted[0] ? Tensor.Unwritten(input.Shape) : null)];

    private static RecurrentOutputs Outgoing(Tensor? sequence, Tensors states, Tensor?[] gradients) =>
        Outputs(sequence is null ? null : gradients[^1], gradients[..states.Count]);

    private static RecurrentGradients Gradients(Tensor?[] results, Tensors states) => new()
    {
        X = SpanOf(results[0]),
        Kernel = SpanOf(results[1]),
        RecurrentKernel = SpanOf(results[2]),
        H0 = SpanOf(results[3]),
        C0 = states.Count > 1 ? SpanOf(results[4]) : [],
        Bias = results.Length > 3 + states.Count ? SpanOf(results[^1]) : [],
    };

    /// <summary>An outer tape may go on, but not back through these gradients.</summary>
    private static void RefuseSecond(Tensor[] results, Tensor[] inputs, KernelCell cell) =>
        GradientTape.Record(results, inputs, (_, _, _) => throw new NotSupportedException(
            $"{cell.ShortName}: second derivatives are not supported. Use RNN(new {cell.GetType().Name}(units)), which computes the same through " +
            "differentiable operations."));

    private static Span<float> SpanOf(Tensor? tensor) => tensor is null ? [] : tensor.Values;

    /// <summary>How a layer goes over a sequence.</summary>
    internal readonly record struct Way(bool TimeMajor, bool GoBackwards, bool ReturnSequences, bool ZeroOutputForMask, bool Remat);
}
