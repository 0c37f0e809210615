namespace Unroll.Layers;

/// <summary>
/// The base of layers that make one tensor of several, element by element: <see cref="Add"/>, <see cref="Subtract"/>,
/// <see cref="Multiply"/>, <see cref="Average"/>, <see cref="Maximum"/>, <see cref="Minimum"/>. Axes of length 1 are repeated,
/// and an input with fewer axes gets some of length 1 after the batch, as in Keras: (batch, features) goes with
/// (batch, time, features).
/// </summary>
public abstract class Merge : Layer
{
    private protected Merge(string? name)
        : base(name) => SupportsMasking = true;

    internal override bool MakesMasks => false;

    /// <summary>How many inputs there may be at least.</summary>
    private protected virtual int LeastInputs => 1;

    /// <summary>How many inputs there may be at most.</summary>
    private protected virtual int MostInputs => int.MaxValue;

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> ComputeOutputShapes(IReadOnlyList<Shape> inputShapes)
    {
        NullCheck.Items(inputShapes);
        CheckInputs(inputShapes, from: null);
        var rank = inputShapes.Max(shape => shape.Rank);
        Shape[] shapes = [.. inputShapes.Select(shape => Widened(shape, rank))];
        var axes = new int?[rank];
        for (var axis = 0; axis < rank; axis++)
        {
            var lengths = shapes.Select(shape => shape.At(axis)).Distinct().Where(length => length is { } known && known != 1).ToArray();
            if (lengths.Length > 1)
                throw new ArgumentException($"{Name}: shapes {string.Join(", ", inputShapes)} cannot be put together: their axes must be equal, or 1.");
            axes[axis] = lengths.Length == 1 ? lengths[0] : Array.Exists(shapes, shape => !shape.IsKnownAt(axis)) ? null : 1;
        }

        return [Shape.Create(axes)];
    }

    /// <summary>
    /// A step counts where it does in any of the inputs, as in Keras; where one input has no mask, there is none.
    /// </summary>
    protected override IReadOnlyList<Tensor?> ComputeMask(Tensors inputs, IReadOnlyList<Tensor?> previousMask)
    {
        ArgumentNullException.ThrowIfNull(previousMask);
        return previousMask.Contains(null) ? [] : [previousMask.Aggregate((all, mask) => Tensor.Maximum(all!, mask!))];
    }

    /// <inheritdoc/>
    protected override Tensors CallAll(Tensors inputs, bool training)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ComputeOutputShapes([.. inputs.Select(input => input.Shape)]);
        var rank = inputs.Max(input => input.Rank);
        return Merged([.. inputs.Select(input => input.Rank == rank ? input : input.Reshape([.. Widened(input.Shape, rank).Axes]))]);
    }

    internal override void CheckInputs(IReadOnlyList<Shape> inputShapes, ITensorSource? from)
    {
        base.CheckInputs(inputShapes, from);
        if (inputShapes.Count < LeastInputs || inputShapes.Count > MostInputs)
            throw new ArgumentException($"{Name} takes {LeastInputs}{(MostInputs == LeastInputs ? "" : " or more")} inputs but got {inputShapes.Count}.");
    }

    /// <summary>The result for inputs with as many axes each.</summary>
    private protected abstract Tensor Merged(Tensor[] inputs);

    private static Shape Widened(Shape shape, int rank)
    {
        if (shape.Rank == 0)
            return shape;
        while (shape.Rank < rank)
            shape = shape.From(1).Prepend(1).Prepend(shape.At(0));
        return shape;
    }
}
