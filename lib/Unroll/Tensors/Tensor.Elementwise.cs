using Unroll.Compute;

namespace Unroll;

public sealed partial class Tensor
{
    /// <summary>The sum, elementwise, broadcasting.</summary>
    public static Tensor operator +(Tensor left, Tensor right) => GradientTape.Record(
        Binary<AddOperation>(left, right, "+"),
        (left, g => g.SumTo(left.Shape)),
        (right, g => g.SumTo(right.Shape)));

    /// <summary>The difference, elementwise, broadcasting.</summary>
    public static Tensor operator -(Tensor left, Tensor right) => GradientTape.Record(
        Binary<SubtractOperation>(left, right, "-"),
        (left, g => g.SumTo(left.Shape)),
        (right, g => -g.SumTo(right.Shape)));

    /// <summary>The product, elementwise, broadcasting; for the matrix product see <see cref="MatMul"/>.</summary>
    public static Tensor operator *(Tensor left, Tensor right) => GradientTape.Record(
        Binary<MultiplyOperation>(left, right, "*"),
        (left, g => (g * right).SumTo(left.Shape)),
        (right, g => (g * left).SumTo(right.Shape)));

    /// <summary>The quotient, elementwise, broadcasting.</summary>
    public static Tensor operator /(Tensor left, Tensor right) => GradientTape.Record(
        Binary<DivideOperation>(left, right, "/"),
        (left, g => (g / right).SumTo(left.Shape)),
        (right, g => (-g * left / (right * right)).SumTo(right.Shape)));

    /// <summary>The tensor with every sign turned.</summary>
    public static Tensor operator -(Tensor value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return value * -1f;
    }

    /// <summary>The named form of <c>+</c>.</summary>
    public static Tensor Add(Tensor left, Tensor right) => left + right;

    /// <summary>The named form of binary <c>-</c>.</summary>
    public static Tensor Subtract(Tensor left, Tensor right) => left - right;

    /// <summary>The named form of <c>*</c>.</summary>
    public static Tensor Multiply(Tensor left, Tensor right) => left * right;

    /// <summary>The named form of <c>/</c>.</summary>
    public static Tensor Divide(Tensor left, Tensor right) => left / right;

    /// <summary>The named form of unary <c>-</c>.</summary>
    public static Tensor Negate(Tensor value) => -value;

    /// <summary>The greater of two, elementwise, broadcasting. Where equal, both get half of the gradient.</summary>
    public static Tensor Maximum(Tensor left, Tensor right) => GradientTape.Record(
        Binary<MaximumOperation>(left, right, nameof(Maximum)),
        (left, g => (g * Winner(left, right)).SumTo(left.Shape)),
        (right, g => (g * Winner(right, left)).SumTo(right.Shape)));

    /// <summary>The smaller of two, elementwise, broadcasting. Where equal, both get half of the gradient.</summary>
    public static Tensor Minimum(Tensor left, Tensor right) => GradientTape.Record(
        Binary<MinimumOperation>(left, right, nameof(Minimum)),
        (left, g => (g * Winner(right, left)).SumTo(left.Shape)),
        (right, g => (g * Winner(left, right)).SumTo(right.Shape)));

    /// <summary>1 where <paramref name="left"/> is greater, else 0; broadcasting, without a gradient.</summary>
    public static Tensor Greater(Tensor left, Tensor right) => Binary<GreaterOperation>(left, right, nameof(Greater));

    /// <summary>1 where both are equal, else 0; broadcasting, without a gradient.</summary>
    public static Tensor Equal(Tensor left, Tensor right) => Binary<EqualOperation>(left, right, nameof(Equal));

    /// <summary>
    /// <paramref name="whenTrue"/> where <paramref name="condition"/> is not 0, <paramref name="whenFalse"/> elsewhere;
    /// broadcasting.
    /// </summary>
    public static Tensor Where(Tensor condition, Tensor whenTrue, Tensor whenFalse)
    {
        ArgumentNullException.ThrowIfNull(condition);
        ArgumentNullException.ThrowIfNull(whenTrue);
        ArgumentNullException.ThrowIfNull(whenFalse);
        var no = Equal(condition, 0);
        var yes = 1 - no;
        var shape = BroadcastShape(BroadcastShape(condition.Shape, whenTrue.Shape, nameof(Where)), whenFalse.Shape, nameof(Where));
        var (mask, first, second) = (no.Repeated(shape), whenTrue.Repeated(shape), whenFalse.Repeated(shape));
        var values = Allocate(shape, cleared: false);

        // A choice, not a product with 0: a NaN in the branch not taken stays out.
        for (var i = 0; i < values.Length; i++)
            values[i] = mask._values[i] != 0 ? second._values[i] : first._values[i];
        return GradientTape.Record(
            new Tensor(shape, values),
            (whenTrue, g => Where(yes, g, 0).SumTo(whenTrue.Shape)),
            (whenFalse, g => Where(yes, 0, g).SumTo(whenFalse.Shape)));
    }

    /// <summary>Repeats axes of length 1 so that the result has the given shape.</summary>
    public Tensor BroadcastTo(params ReadOnlySpan<int> shape)
    {
        var axes = Shape.Of(shape);
        return axes == Shape ? Identity() : Repeated(axes);
    }

    /// <summary>The same, where the result may be this tensor.</summary>
    internal Tensor Repeated(Shape shape)
    {
        if (shape == Shape)
            return this;
        if (BroadcastShape(Shape, shape, nameof(BroadcastTo)) != shape)
            throw new ArgumentException($"A tensor of shape {Shape} cannot be broadcast to {shape}.");

        // Each element plus 0, which stands still.
        var result = Unwritten(shape);
        Span<int> axes = stackalloc int[shape.Rank];
        Span<int> ones = stackalloc int[shape.Rank];
        PadAxes(Shape, axes);
        ones.Fill(1);
        Elementwise.Binary<AddOperation>(_values, axes, [0f], ones, result._values, shape.Axes);
        return GradientTape.Record(result, (this, g => g.SumTo(Shape)));
    }

    /// <summary>Sums over the axes that broadcasting had repeated, back to <paramref name="shape"/>.</summary>
    internal Tensor SumTo(Shape shape)
    {
        if (Shape == shape)
            return this;
        var result = this;
        while (result.Rank > shape.Rank)
            result = result.Sum(0);
        for (var axis = 0; axis < shape.Rank; axis++)
            if (shape[axis] == 1 && result.Shape[axis] != 1)
                result = result.Sum(axis, keepDims: true);
        return result;
    }

    /// <summary>The shape of two shapes broadcast together, by NumPy's rule.</summary>
    internal static Shape BroadcastShape(Shape left, Shape right, string operation)
    {
        var axes = new int[Math.Max(left.Rank, right.Rank)];
        for (var i = 1; i <= axes.Length; i++)
        {
            var a = i <= left.Rank ? left[^i] : 1;
            var b = i <= right.Rank ? right[^i] : 1;
            if (a != b && a != 1 && b != 1)
            {
                throw new ArgumentException(
                    $"{operation}: shapes {left} and {right} cannot be broadcast together: {a} meets {b} on axis -{i}. " +
                    "Axes must be equal, or one of them 1.");
            }

            axes[^i] = a == 1 ? b : a;
        }

        return axes;
    }

    private static Tensor Binary<TOperation>(Tensor left, Tensor right, string operation)
        where TOperation : IBinaryOperation
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        var shape = left.Shape == right.Shape ? left.Shape : BroadcastShape(left.Shape, right.Shape, operation);
        var result = Allocate(shape, cleared: false);
        Span<int> leftAxes = stackalloc int[shape.Rank];
        Span<int> rightAxes = stackalloc int[shape.Rank];
        PadAxes(left.Shape, leftAxes);
        PadAxes(right.Shape, rightAxes);
        Elementwise.Binary<TOperation>(left._values, leftAxes, right._values, rightAxes, result, shape.Axes);
        return new Tensor(shape, result);
    }

    private static void PadAxes(Shape shape, Span<int> axes)
    {
        axes.Fill(1);
        shape.Axes.CopyTo(axes[(axes.Length - shape.Rank)..]);
    }

    /// <summary>1 where <paramref name="tensor"/> is the greater, 0.5 where both are equal, else 0.</summary>
    private static Tensor Winner(Tensor tensor, Tensor other) => Greater(tensor, other) + Equal(tensor, other) * 0.5f;
}
