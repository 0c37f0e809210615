using Unroll.Compute;

namespace Unroll;

public sealed partial class Tensor
{
    /// <summary>
    /// The matrix product: <c>(…, m, k)</c> times <c>(…, k, n)</c> is <c>(…, m, n)</c>, where the axes before the last two
    /// broadcast. A tensor with one axis is a row on the left, a column on the right, and that axis goes, as in NumPy.
    /// </summary>
    /// <exception cref="ArgumentException">The inner lengths differ, or an operand has no axis.</exception>
    public Tensor MatMul(Tensor other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (Rank == 0 || other.Rank == 0)
            throw new ArgumentException($"MatMul: shapes {Shape} and {other.Shape}; use * with a number.");
        if (Rank == 1)
        {
            var row = ExpandDims(0).MatMul(other);
            return row.Reshape(row.Shape.Without(row.Rank - (other.Rank == 1 ? 1 : 2)));
        }

        if (other.Rank == 1)
        {
            var column = MatMul(other.ExpandDims(1));
            return column.Reshape(column.Shape.Without(column.Rank - 1));
        }

        if (Shape[^1] != other.Shape[^2])
        {
            throw new ArgumentException(
                $"MatMul: shapes {Shape} and {other.Shape}: the left has {Shape[^1]} columns, the right {other.Shape[^2]} rows.");
        }

        return GradientTape.Record(
            Product(this, other),
            (this, g => g.MatMul(other.SwapLastAxes()).SumTo(Shape)),
            (other, g => other.Rank == 2 ? Rows().TransposedMatMul(g.Rows()) : SwapLastAxes().MatMul(g).SumTo(other.Shape)));
    }

    /// <summary><c>this · kernel + bias</c> for a matrix and a row; null for no bias.</summary>
    internal Tensor Affine(Tensor kernel, Tensor? bias)
    {
        if (bias is null)
            return MatMul(kernel);
        var width = bias.Size;
        var result = Unwritten(Shape.With(Rank - 1, width));
        if (width > 0)
            MatrixProduct.MultiplyAndAdd(_values, kernel._values, bias._values, result._values, result.Size / width, Shape[^1], width);

        return GradientTape.Record(
            result,
            (this, g => g.MatMul(kernel.SwapLastAxes())),
            (kernel, g => Rows().TransposedMatMul(g.Rows())),
            (bias, g => g.SumTo(bias.Shape)));
    }

    /// <summary>The product of a matrix, turned where it lies, with another of as many rows: the gradient of a kernel.</summary>
    private Tensor TransposedMatMul(Tensor other)
    {
        var (rows, m, n) = (Shape[0], Shape[1], other.Shape[1]);
        if (MatrixProduct.IsSmall(m, rows, n))
            return SwapLastAxes().MatMul(other);
        var result = Unwritten(Shape.Of(m, n));
        MatrixProduct.MultiplyTransposedLeft(_values, other._values, result._values, m, rows, n);
        return GradientTape.Record(
            result,
            (this, g => other.MatMul(g.SwapLastAxes())),
            (other, MatMul));
    }

    private static Tensor Product(Tensor left, Tensor right)
    {
        var (m, k, n) = (left.Shape[^2], left.Shape[^1], right.Shape[^1]);

        // A stack of matrices times one matrix is a single product over all rows.
        if (right.Rank == 2)
        {
            var rows = left.Size / Math.Max(k, 1);
            var shape = left.Shape.With(left.Rank - 1, n);
            if (k == 0)
                return Zeros(shape);
            var flat = Unwritten(shape);
            MatrixProduct.Multiply(left._values, right._values, flat._values, rows, k, n);
            return flat;
        }

        var outer = BroadcastShape(HeadOf(left.Shape), HeadOf(right.Shape), nameof(MatMul));
        var lefts = left.Repeated(Shape.Of([.. outer.Axes, m, k]));
        var rights = right.Repeated(Shape.Of([.. outer.Axes, k, n]));
        var result = Unwritten(Shape.Of([.. outer.Axes, m, n]));
        // So many multiplications take as long as a number that is copied.
        const int Multiplications = 32;
        Workers.RunShares(outer.Size, (long)result.Size * k / Multiplications, (from, to) =>
        {
            for (var i = from; i < to; i++)
            {
                MatrixProduct.Multiply(
                    lefts._values.AsSpan(i * m * k, m * k), rights._values.AsSpan(i * k * n, k * n), result._values.AsSpan(i * m * n, m * n), m, k, n);
            }
        });
        return result;
    }

    private static Shape HeadOf(Shape shape) => shape.Axes[..^2].ToArray();

    /// <summary>All matrices of a stack below each other.</summary>
    private Tensor Rows() => Viewed(Shape.Of(Shape.Without(Rank - 1).Size, Shape[^1]));

    private Tensor SwapLastAxes() => MoveAxis(-1, -2);
}
