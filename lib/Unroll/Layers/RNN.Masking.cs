namespace Unroll.Layers;

/// <content>Steps that a mask passes over.</content>
public partial class RNN
{
    internal override bool MakesMasks => false;

    /// <summary>Whether a mask that comes is not looked at, as where a file says that the layer was called without it.</summary>
    internal bool IgnoresMask { get; set; }

    /// <summary>A sequence of outputs has the mask of the input; a last output and states have none.</summary>
    protected override IReadOnlyList<Tensor?> ComputeMask(Tensors inputs, IReadOnlyList<Tensor?> previousMask)
    {
        ArgumentNullException.ThrowIfNull(previousMask);
        return ReturnSequences && !IgnoresMask ? [previousMask[0]] : [];
    }

    /// <summary>The mask that came with the input, after a check of its shape.</summary>
    private Tensor? CheckedMask(Tensor input)
    {
        if (IgnoresMask || input.Mask is not { } mask)
            return null;
        return mask.Rank == 2 && mask.Shape[0] == input.Shape[0] && mask.Shape[1] == input.Shape[1]
            ? mask
            : throw new ArgumentException(
                $"{Name}: the mask has shape {mask.Shape}, but the input {input.Shape} needs one of shape " +
                $"({input.Shape[0]}, {input.Shape[1]}): one number for each step of each sample.");
    }

    /// <summary>
    /// The steps in the order in which they are made, each with its column of the mask, (batch, 1), or null where the step
    /// counts for all samples.
    /// </summary>
    private IEnumerable<(Tensor Input, Tensor? Counts)> Steps(Tensor input, Tensor? mask)
    {
        var steps = input.Unstack(TimeAxis);
        var columns = mask?.Unstack(TimeAxis);
        for (var i = 0; i < steps.Count; i++)
        {
            var step = GoBackwards ? steps.Count - 1 - i : i;
            yield return (steps[step], columns?[step] is { } column && column.Values.Contains(0f) ? column.ExpandDims(1) : null);
        }
    }

    /// <summary>Where a step does not count, the states are those before it, and the output is the one before it, or zeros.</summary>
    private static (Tensor Output, Tensors States) PassedOver(Tensor counts, Tensor output, Tensor? outputBefore, Tensors before, Tensors after) =>
    (
        Tensor.Where(Widened(counts, output.Rank), output, outputBefore ?? 0),
        new Tensors([.. after.Zip(before, (next, state) => Tensor.Where(Widened(counts, next.Rank), next, state))]));

    private static Tensor Widened(Tensor counts, int rank) =>
        rank == 2 ? counts : counts.Reshape([counts.Shape[0], .. Enumerable.Repeat(1, rank - 1)]);

    /// <summary>
    /// The last output where the last h is known: zeros for a sample of which no step counts, and with zeroOutputForMask for
    /// one whose last step does not.
    /// </summary>
    private protected Tensor LastOutput(Tensor h, Tensor? mask)
    {
        if (mask is null)
            return h;
        var steps = mask.Unstack(TimeAxis);
        var counts = ZeroOutputForMask ? steps[GoBackwards ? 0 : ^1] : mask.Abs().Max(TimeAxis);
        return counts.Values.Contains(0f) ? Tensor.Where(counts.ExpandDims(1), h, 0) : h;
    }
}
