namespace Unroll.Layers;

/// <summary>Joins several inputs along an axis; default: the last one.</summary>
public sealed class Concatenate(int axis = -1, string? name = null) : Layer(name)
{
    internal int Axis => axis;

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

    /// <inheritdoc/>
    protected override Tensors CallAll(Tensors inputs, bool training)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ComputeOutputShapes([.. inputs.Select(input => input.Shape)]);
        return Tensor.Concat(inputs, axis);
    }
}
