namespace Unroll.Layers;

/// <summary>Joins several inputs along an axis; default: the last one.</summary>
public sealed class Concatenate(int axis = -1, string? name = null) : Layer(name)
{
    /// <summary>The axis to join along.</summary>
    public int Axis => axis;

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> ComputeOutputShapes(IReadOnlyList<Shape> inputShapes)
    {
        NullCheck.Items(inputShapes);
        CheckInputs(inputShapes, from: null);
        var first = inputShapes[0];
        var place = axis < 0 ? axis + first.Rank : axis;
        if (place < 0 || place >= first.Rank)
            throw new ArgumentException($"{Name}: {first} has no axis {axis} to join along.");
        foreach (var shape in inputShapes)
        {
            if (shape.Rank != first.Rank || !shape.With(place, null).Accepts(first.With(place, null)))
                throw new ArgumentException($"{Name}: shapes {string.Join(", ", inputShapes)} may differ on axis {axis} alone.");
        }

        long? total = 0;
        foreach (var shape in inputShapes)
            total += shape.At(place);
        return [first.With(place, total is { } length ? Arguments.Length(length, Name, $"axis {axis} of the output") : null)];
    }

    internal override bool MakesMasks => false;

    /// <summary>
    /// The masks joined as the inputs are, an input without one counting throughout; along the last axis, a step counts where
    /// it does in any of the inputs, as in Keras.
    /// </summary>
    protected override IReadOnlyList<Tensor?> ComputeMask(Tensors inputs, IReadOnlyList<Tensor?> previousMask)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(previousMask);
        var rank = inputs[0].Rank;
        var place = axis < 0 ? axis + rank : axis;
        var masks = inputs.Select((input, i) => previousMask[i] ?? Tensor.Ones(input.Shape.Axes[..^1])).ToArray();
        if (Array.Exists(masks, mask => mask.Rank != rank - 1))
            throw new ArgumentException($"{Name}: masks {string.Join(", ", masks.Select(mask => mask.Shape))} do not fit inputs of {rank} axes.");
        return [place == rank - 1 ? masks.Aggregate(Tensor.Maximum) : Tensor.Concat(masks, place)];
    }

    /// <inheritdoc/>
    protected override Tensors CallAll(Tensors inputs, bool training)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ComputeOutputShapes([.. inputs.Select(input => input.Shape)]);
        return Tensor.Concat(inputs, axis);
    }
}
