namespace Unroll.Layers;

/// <summary>
/// The products of two inputs' samples along an axis of each: with axes (2, 1), (batch, a, k) and (batch, k, b) give
/// (batch, a, b); with axes 1, (batch, k) and (batch, k) give (batch, 1).
/// </summary>
public sealed class Dot : Layer
{
    /// <summary>Makes the layer; the arguments are Keras'.</summary>
    /// <param name="axes">The axis of each input to multiply and sum along, never the batch: one number for both, or two.</param>
    /// <param name="normalize">Whether to divide by the lengths along these axes first, so that the products are cosines.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    public Dot(Pair axes, bool normalize = false, string? name = null)
        : base(name)
    {
        Axes = axes;
        Normalize = normalize;
    }

    /// <summary>The axis of each input to sum along.</summary>
    public Pair Axes { get; }

    /// <summary>Whether to divide by the lengths first.</summary>
    public bool Normalize { get; }

    internal override bool MakesMasks => false;

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> ComputeOutputShapes(IReadOnlyList<Shape> inputShapes)
    {
        NullCheck.Items(inputShapes);
        CheckInputs(inputShapes, from: null);
        var (left, right) = (inputShapes[0], inputShapes[1]);
        var (a, b) = Places(left, right);
        Shape[] rest = [left.Without(a), right.Without(b).From(1)];
        return [rest[0].Rank + rest[1].Rank == 1 ? Shape.Create([rest[0].At(0), 1]) : Shape.Create([.. rest[0], .. rest[1]])];
    }

    /// <summary>As in Keras, the result has no mask.</summary>
    protected override IReadOnlyList<Tensor?> ComputeMask(Tensors inputs, IReadOnlyList<Tensor?> previousMask) => [];

    /// <inheritdoc/>
    protected override Tensors CallAll(Tensors inputs, bool training)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var shape = ComputeOutputShapes([inputs[0].Shape, inputs[1].Shape])[0];
        var (left, right) = (inputs[0], inputs[1]);
        var (a, b) = Places(left.Shape, right.Shape);
        if (Normalize)
            (left, right) = (Unit(left, a), Unit(right, b));
        var length = left.Shape[a];
        var rows = left.MoveAxis(a, -1);
        var columns = right.MoveAxis(b, 1);
        var product = rows.Reshape(left.Shape[0], Rest(left.Shape, a), length).MatMul(columns.Reshape(right.Shape[0], length, Rest(right.Shape, b)));
        return product.Reshape([.. shape.Axes]);
    }

    internal override void CheckInputs(IReadOnlyList<Shape> inputShapes, ITensorSource? from)
    {
        base.CheckInputs(inputShapes, from);
        if (inputShapes.Count != 2)
            throw new ArgumentException($"{Name} takes two inputs but got {inputShapes.Count}.");
        var (left, right) = (inputShapes[0], inputShapes[1]);
        var (a, b) = Places(left, right);
        if (left.At(a) is { } one && right.At(b) is { } other && one != other)
        {
            throw new ArgumentException(
                $"{Name}: axis {Axes.First} of {left} has {one} places and axis {Axes.Second} of {right} has {other}; they must be equal.");
        }
    }

    /// <summary>How many numbers a sample holds beside an axis.</summary>
    private static int Rest(Shape shape, int axis) => shape.Without(axis).From(1).Size;

    /// <summary>Divided by its length along an axis, as Keras does: lengths below 1e-7 count as that.</summary>
    private static Tensor Unit(Tensor x, int axis) => x / Tensor.Maximum(x.Square().Sum(axis, keepDims: true), 1e-14f).Sqrt();

    private (int Left, int Right) Places(Shape left, Shape right) => (Place(left, Axes.First), Place(right, Axes.Second));

    private int Place(Shape shape, int axis)
    {
        var place = axis < 0 ? axis + shape.Rank : axis;
        return place > 0 && place < shape.Rank
            ? place
            : throw new ArgumentException($"{Name}: axis {axis} of {shape} cannot be summed along: it must be one after the batch axis.");
    }
}
