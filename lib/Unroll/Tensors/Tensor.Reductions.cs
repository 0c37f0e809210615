using System.Numerics.Tensors;
using Unroll.Compute;

namespace Unroll;

public sealed partial class Tensor
{
    /// <summary>The sum of all elements, with no axis left.</summary>
    public Tensor Sum() => GradientTape.Record(new Tensor(Shape.Scalar, [(float)Sums.Of(_values)]), (this, g => g.Repeated(Shape)));

    /// <summary>The sums along an axis, which goes, or stays with length 1. Negative axes count from the end.</summary>
    public Tensor Sum(int axis, bool keepDims = false)
    {
        axis = CheckedAxis(axis);
        var result = Unwritten(keepDims ? Shape.With(axis, 1) : Shape.Without(axis));
        if (result.Size > 0)
        {
            var (outer, length, inner) = Around(axis);
            Workers.RunShares(outer, Size, (from, to) =>
            {
                for (var o = from; o < to; o++)
                {
                    var block = _values.AsSpan(o * length * inner, length * inner);
                    if (inner == 1)
                        result._values[o] = (float)Sums.Of(block);
                    else
                        Sums.OfColumns(block, inner, result._values.AsSpan(o * inner, inner));
                }
            });
        }

        var kept = Shape.With(axis, 1);
        return GradientTape.Record(result, (this, g => g.Reshape(kept).Repeated(Shape)));
    }

    /// <summary>The mean of all elements, with no axis left; NaN where there is no element.</summary>
    public Tensor Mean() => Sum() / (float)Size;

    /// <summary>The means along an axis, which goes, or stays with length 1.</summary>
    public Tensor Mean(int axis, bool keepDims = false) => Sum(axis, keepDims) / (float)Shape[CheckedAxis(axis)];

    /// <summary>The greatest element, with no axis left; NaN if there is one. Equal ones share the gradient.</summary>
    /// <exception cref="InvalidOperationException">There is no element.</exception>
    public Tensor Max() => Reshape(Size).Max(0);

    /// <summary>The greatest elements along an axis, which goes, or stays with length 1. Equal ones share the gradient.</summary>
    /// <exception cref="InvalidOperationException">The axis has the length 0.</exception>
    public Tensor Max(int axis, bool keepDims = false)
    {
        axis = CheckedAxis(axis);
        var (outer, length, inner) = Around(axis);
        if (length == 0)
            throw new InvalidOperationException($"Max over axis {axis} of shape {Shape}: there is no element.");
        var result = Allocate(Shape.Without(axis), cleared: false);
        for (var o = 0; o < outer; o++)
        {
            if (inner == 1)
            {
                result[o] = TensorPrimitives.Max(_values.AsSpan(o * length, length));
                continue;
            }

            var greatest = result.AsSpan(o * inner, inner);
            _values.AsSpan(o * length * inner, inner).CopyTo(greatest);
            for (var i = 1; i < length; i++)
                TensorPrimitives.Max(greatest, _values.AsSpan((o * length + i) * inner, inner), greatest);
        }

        var kept = Shape.With(axis, 1);
        var winners = new Tensor(kept, result);
        return GradientTape.Record(
            new Tensor(keepDims ? kept : Shape.Without(axis), [.. result]),
            (this, g =>
            {
                var equal = Equal(this, winners);
                return equal / equal.Sum(axis, keepDims: true) * g.Reshape(kept);
            }
        ));
    }

    /// <summary>The smallest element, with no axis left.</summary>
    public Tensor Min() => -(-this).Max();

    /// <summary>The smallest elements along an axis, which goes, or stays with length 1.</summary>
    public Tensor Min(int axis, bool keepDims = false) => -(-this).Max(axis, keepDims);

    /// <summary>The places of the greatest elements along an axis, the first of equal ones; without a gradient.</summary>
    public Tensor ArgMax(int axis = -1)
    {
        axis = CheckedAxis(axis);
        var (outer, length, inner) = Around(axis);
        if (length == 0)
            throw new InvalidOperationException($"ArgMax over axis {axis} of shape {Shape}: there is no element.");
        var result = new float[outer * inner];
        for (var o = 0; o < outer; o++)
        {
            for (var i = 0; i < inner; i++)
            {
                var best = 0;
                for (var j = 1; j < length; j++)
                    if (_values[(o * length + j) * inner + i] > _values[(o * length + best) * inner + i])
                        best = j;
                result[o * inner + i] = best;
            }
        }

        return new Tensor(Shape.Without(axis), result);
    }

    /// <summary>An axis counted from the start, after a check that it is there.</summary>
    private int CheckedAxis(int axis)
    {
        var fromStart = axis < 0 ? axis + Rank : axis;
        return (uint)fromStart < (uint)Rank
            ? fromStart
            : throw new ArgumentOutOfRangeException(nameof(axis), $"Shape {Shape} has no axis {axis}.");
    }

    /// <summary>How many blocks lie before an axis, its length, and how many elements lie within one of its places.</summary>
    private (int Outer, int Length, int Inner) Around(int axis)
    {
        var outer = 1;
        for (var i = 0; i < axis; i++)
            outer *= Shape[i];
        var inner = 1;
        for (var i = axis + 1; i < Rank; i++)
            inner *= Shape[i];
        return (outer, Shape[axis], inner);
    }
}
