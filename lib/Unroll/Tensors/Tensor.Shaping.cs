using System.Runtime.CompilerServices;

namespace Unroll;

public sealed partial class Tensor
{
    /// <summary>
    /// A part of the tensor, copied: <c>x[0]</c>, <c>x[.., 1..3]</c>, <c>x[.., ^1, 0]</c>. An index drops its axis, a range
    /// keeps it, and axes not named are taken whole.
    /// </summary>
    [IndexerName("Part")]
    public Tensor this[params ReadOnlySpan<Slice> places]
    {
        get
        {
            if (places.Length > Rank)
                throw new ArgumentException($"{places.Length} places were asked of a tensor of shape {Shape}, which has {Rank} axes.");
            var starts = new int[Rank];
            var lengths = Shape.Axes.ToArray();
            var kept = new List<int>(Rank);
            for (var axis = 0; axis < Rank; axis++)
            {
                if (axis < places.Length)
                    (starts[axis], lengths[axis]) = places[axis].On(Shape[axis], axis, Shape);
                if (axis >= places.Length || !places[axis].DropsAxis)
                    kept.Add(lengths[axis]);
            }

            Shape box = lengths;
            var result = new Tensor((Shape)kept.ToArray(), Allocate(box, cleared: false));
            CopyBox(_values, Shape, starts, result._values, box, new int[Rank], box);
            return GradientTape.Record(result, (this, g =>
            {
                var whole = ZerosLike(this);
                CopyBox(g._values, box, new int[Rank], whole._values, Shape, starts, box);
                return GradientTape.Record(whole, (g, gg => gg.Box(starts, lengths).Reshape(g.Shape)));
            }
            ));
        }
    }

    /// <summary>Joins tensors along an axis that they have; their other axes must be equal.</summary>
    public static Tensor Concat(IReadOnlyList<Tensor> tensors, int axis = 0)
    {
        NullCheck.Items(tensors);
        if (tensors.Count == 0)
            throw new ArgumentException("Concat needs at least one tensor.", nameof(tensors));
        var first = tensors[0];
        axis = first.CheckedAxis(axis);
        var total = 0L;
        foreach (var tensor in tensors)
        {
            if (tensor.Rank != first.Rank || tensor.Shape.With(axis, null) != first.Shape.With(axis, null))
                throw new ArgumentException($"Concat along axis {axis}: {tensor.Shape} differs from {first.Shape} on another axis.");
            total += tensor.Shape[axis];
        }

        if (total > Array.MaxLength)
            throw new ArgumentException($"Concat along axis {axis}: the axis would have the length {total}; {Array.MaxLength} is the most.");
        var shape = first.Shape.With(axis, (int)total);
        var values = Allocate(shape, cleared: false);
        var starts = new int[tensors.Count];
        var at = 0;
        var inputs = new (Tensor, Func<Tensor, Tensor>)[tensors.Count];
        for (var i = 0; i < tensors.Count; i++)
        {
            var tensor = tensors[i];
            var start = new int[shape.Rank];
            start[axis] = at;
            CopyBox(tensor._values, tensor.Shape, new int[shape.Rank], values, shape, start, tensor.Shape);
            inputs[i] = (tensor, g => g.Box(start, tensor.Shape));
            at += tensor.Shape[axis];
        }

        return GradientTape.Record(new Tensor(shape, values), inputs);
    }

    /// <summary>Joins tensors of one shape along a new axis.</summary>
    public static Tensor Stack(IReadOnlyList<Tensor> tensors, int axis = 0)
    {
        NullCheck.Items(tensors);
        if (tensors.Count == 0)
            throw new ArgumentException("Stack needs at least one tensor.", nameof(tensors));
        var shape = tensors[0].Shape;
        if (tensors.FirstOrDefault(tensor => tensor.Shape != shape) is { } other)
            throw new ArgumentException($"Stack needs tensors of one shape, but got {shape} and {other.Shape}.");
        var place = CheckedNewAxis(axis, shape, nameof(Stack));
        return Concat([.. tensors.Select(tensor => tensor.ExpandDims(place))], place);
    }

    /// <summary>The same elements in order, in another shape; one length may be -1 and is found.</summary>
    /// <example><code>Tensor.Arange(6).Reshape(2, -1)   // shape (2, 3)</code></example>
    /// <exception cref="ArgumentException">The shape does not hold this many elements.</exception>
    public Tensor Reshape(params ReadOnlySpan<int> shape)
    {
        var target = ResolveShape(shape);
        return GradientTape.Record(new Tensor(target, ToArray()), (this, g => g.Reshape(Shape)));
    }

    /// <summary>
    /// The same memory in another shape, where nobody but the library has this tensor, or the other, for as long as both last.
    /// </summary>
    internal Tensor Viewed(Shape shape) => shape == Shape ? this : GradientTape.Record(new Tensor(shape, _values), (this, g => g.Viewed(Shape)));

    /// <summary>A new axis of length 1 at the given place.</summary>
    public Tensor ExpandDims(int axis)
    {
        axis = CheckedNewAxis(axis, Shape, nameof(ExpandDims));
        return Reshape([.. Shape.Axes[..axis], 1, .. Shape.Axes[axis..]]);
    }

    /// <summary>Turns the order of all axes round; a matrix is transposed.</summary>
    public Tensor Transpose() => Transpose([.. Enumerable.Range(0, Rank).Reverse()]);

    /// <summary>Puts the axes in another order: axis <c>i</c> of the result is axis <c>order[i]</c> of this.</summary>
    /// <exception cref="ArgumentException">The order does not name each axis once.</exception>
    public Tensor Transpose(params ReadOnlySpan<int> order)
    {
        var axes = order.ToArray();
        for (var i = 0; i < axes.Length; i++)
            axes[i] = CheckedAxis(axes[i]);
        if (axes.Length != Rank || axes.Distinct().Count() != Rank)
        {
            throw new ArgumentException(
                $"Transpose of shape {Shape} needs each of its {Rank} axes once, but got ({string.Join(", ", axes)}).");
        }

        var inverse = new int[Rank];
        for (var i = 0; i < Rank; i++)
            inverse[axes[i]] = i;
        var shape = (Shape)Array.ConvertAll(axes, axis => Shape[axis]);
        var result = Unwritten(shape);
        Compute.Permutation.Copy(_values, Shape.Axes, axes, result._values);
        return GradientTape.Record(result, (this, g => g.Transpose(inverse)));
    }

    /// <summary>Moves one axis to another place; the others keep their order.</summary>
    public Tensor MoveAxis(int source, int destination) => MoveAxis([source], [destination]);

    /// <summary>Moves axes to other places; the others keep their order, as NumPy's moveaxis.</summary>
    public Tensor MoveAxis(ReadOnlySpan<int> source, ReadOnlySpan<int> destination)
    {
        if (source.Length != destination.Length)
            throw new ArgumentException($"MoveAxis got {source.Length} axes to move and {destination.Length} places.");
        var from = Array.ConvertAll(source.ToArray(), CheckedAxis);
        var to = Array.ConvertAll(destination.ToArray(), CheckedAxis);
        if (from.Distinct().Count() != from.Length || to.Distinct().Count() != to.Length)
            throw new ArgumentException("MoveAxis names an axis twice.");
        var order = Enumerable.Range(0, Rank).Except(from).ToList();
        foreach (var (place, axis) in to.Zip(from).OrderBy(pair => pair.First))
            order.Insert(place, axis);
        return Transpose([.. order]);
    }

    /// <summary>Cuts an axis into equal parts.</summary>
    /// <exception cref="ArgumentException">The axis cannot be cut into so many equal parts.</exception>
    public Tensors Split(int parts, int axis = 0)
    {
        var length = Shape[CheckedAxis(axis)];
        if (parts <= 0 || length % parts != 0)
            throw new ArgumentException($"Axis {axis} of shape {Shape} cannot be cut into {parts} equal parts.");
        return Split([.. Enumerable.Repeat(length / parts, parts)], axis);
    }

    /// <summary>Cuts an axis into parts of the given lengths.</summary>
    /// <exception cref="ArgumentException">The lengths do not add up to that of the axis.</exception>
    public Tensors Split(IReadOnlyList<int> lengths, int axis = 0)
    {
        ArgumentNullException.ThrowIfNull(lengths);
        axis = CheckedAxis(axis);
        if (lengths.Sum(length => (long)length) != Shape[axis] || lengths.Any(length => length < 0))
            throw new ArgumentException($"Lengths {string.Join(" + ", lengths)} do not add up to axis {axis} of shape {Shape}.");
        var parts = new Tensor[lengths.Count];
        var starts = new int[Rank];
        for (var i = 0; i < parts.Length; i++)
        {
            var box = Shape.With(axis, lengths[i]);
            parts[i] = Unwritten(box);
            CopyBox(_values, Shape, starts, parts[i]._values, box, new int[Rank], box);
            starts[axis] += lengths[i];
        }

        GradientTape.Record(parts, [this], (gradients, _, _) =>
            [Concat([.. gradients.Select((gradient, i) => gradient ?? ZerosLike(parts[i]))], axis)]);
        return new Tensors(parts);
    }

    /// <summary>Cuts an axis into its places and drops it: the rows of a matrix, the steps of a sequence.</summary>
    public Tensors Unstack(int axis = 0)
    {
        axis = CheckedAxis(axis);
        var step = Shape.Without(axis);
        if (Shape[axis] == 0)
            return new Tensors([]);
        return new Tensors([.. Split(Shape[axis], axis).Select(part => part.Reshape(step))]);
    }

    /// <summary>The elements along an axis in the opposite order.</summary>
    public Tensor Flip(int axis)
    {
        axis = CheckedAxis(axis);
        var (outer, length, inner) = Around(axis);
        var result = Unwritten(Shape);
        for (var o = 0; o < outer; o++)
        {
            for (var i = 0; i < length; i++)
                _values.AsSpan((o * length + i) * inner, inner).CopyTo(result._values.AsSpan((o * length + length - 1 - i) * inner));
        }

        return GradientTape.Record(result, (this, g => g.Flip(axis)));
    }

    /// <summary>
    /// The features of two sequences side by side, the second turned round along an axis first: in one copy what
    /// <see cref="Flip"/> and <see cref="Concat"/> make in three.
    /// </summary>
    internal static Tensor BesideTurned(Tensor left, Tensor right, int axis)
    {
        var (outer, length, inner) = left.Around(axis);
        int last = left.Rank - 1, ownWidth = left.Shape[last], otherWidth = right.Shape[last], width = ownWidth + otherWidth;
        var rows = inner / Math.Max(1, ownWidth);
        var result = Unwritten(left.Shape.With(last, width));
        Compute.Workers.RunShares(outer * length, result.Size, (from, to) =>
        {
            for (var place = from; place < to; place++)
            {
                var turned = place / length * length + (length - 1 - place % length);
                for (var row = 0; row < rows; row++)
                {
                    var target = result._values.AsSpan((place * rows + row) * width, width);
                    left._values.AsSpan((place * rows + row) * ownWidth, ownWidth).CopyTo(target);
                    right._values.AsSpan((turned * rows + row) * otherWidth, otherWidth).CopyTo(target[ownWidth..]);
                }
            }
        });
        int[] widths = [ownWidth, otherWidth];
        GradientTape.Record([result], [left, right], (gradients, _, _) =>
        {
            var parts = gradients[0]!.Split(widths, last);
            return [parts[0], parts[1].Flip(axis)];
        });
        return result;
    }

    /// <summary>Zeros before and after the elements of one axis.</summary>
    internal Tensor Pad(int axis, int before, int after)
    {
        if (before == 0 && after == 0)
            return this;
        return Concat([Zeros(Shape.With(axis, before)), this, Zeros(Shape.With(axis, after))], axis);
    }

    private static void CopyBox(
        float[] source, Shape sourceShape, int[] sourceStart, float[] target, Shape targetShape, int[] targetStart, Shape box) =>
        Compute.Boxes.Copy(source, sourceShape.Axes, sourceStart, target, targetShape.Axes, targetStart, box.Axes);

    /// <summary>Where a new axis goes, counted from the start, after a check that it can go there.</summary>
    private static int CheckedNewAxis(int axis, Shape shape, string operation)
    {
        var fromStart = axis < 0 ? axis + shape.Rank + 1 : axis;
        return fromStart >= 0 && fromStart <= shape.Rank
            ? fromStart
            : throw new ArgumentOutOfRangeException(nameof(axis), $"{operation} of {shape}: there is no new axis {axis} to make.");
    }

    private Tensor Box(int[] starts, ReadOnlySpan<int> lengths)
    {
        var places = new Slice[starts.Length];
        for (var i = 0; i < places.Length; i++)
            places[i] = starts[i]..(starts[i] + lengths[i]);
        return this[places];
    }

    private Shape ResolveShape(ReadOnlySpan<int> shape)
    {
        var axes = shape.ToArray();
        var unknown = Array.IndexOf(axes, -1);
        if (unknown != Array.LastIndexOf(axes, -1))
            throw new ArgumentException($"Reshape: only one length may be -1, but got ({string.Join(", ", axes)}).");
        if (unknown >= 0)
        {
            var known = 1L;
            for (var i = 0; i < axes.Length; i++)
                if (i != unknown)
                    known = Math.Min(known * axes[i], int.MaxValue);
            if (known <= 0 || Size % known != 0)
                throw new ArgumentException($"Reshape: {Size} elements of shape {Shape} do not fit ({string.Join(", ", axes)}).");
            axes[unknown] = (int)(Size / known);
        }

        Shape target = axes;
        return target.LongSize == Size
            ? target
            : throw new ArgumentException($"Reshape: shape {Shape} has {Size} elements, shape {target} has {target.LongSize}.");
    }
}
