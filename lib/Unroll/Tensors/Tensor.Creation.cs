using System.Runtime.CompilerServices;

namespace Unroll;

public sealed partial class Tensor
{
    /// <summary>A number is a tensor with no axis.</summary>
    public static implicit operator Tensor(float value) => new(Shape.Scalar, [value]);

    /// <summary>A number is a tensor with no axis.</summary>
    public static implicit operator Tensor(double value) => new(Shape.Scalar, [(float)value]);

    /// <summary>A tensor with no axis.</summary>
    public static Tensor Of(float value) => value;

    /// <summary>A tensor with no axis, from a double rounded to float32.</summary>
    public static Tensor Of(double value) => value;

    /// <summary>A tensor with one axis.</summary>
    [OverloadResolutionPriority(1)]
    public static Tensor Of(float[] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return new Tensor(Shape.Of(values.Length), [.. values]);
    }

    /// <summary>A tensor with one axis, from doubles rounded to float32.</summary>
    public static Tensor Of(double[] values) => FromNested(values, rank: 1);

    /// <summary>A tensor with two axes, from rows of one length.</summary>
    [OverloadResolutionPriority(1)]
    public static Tensor Of(float[][] values) => FromNested(values, rank: 2);

    /// <summary>A tensor with two axes, from rows of one length, rounded to float32.</summary>
    public static Tensor Of(double[][] values) => FromNested(values, rank: 2);

    /// <summary>A tensor with three axes, from nested rows of one length.</summary>
    [OverloadResolutionPriority(1)]
    public static Tensor Of(float[][][] values) => FromNested(values, rank: 3);

    /// <summary>A tensor with three axes, from nested rows of one length, rounded to float32.</summary>
    public static Tensor Of(double[][][] values) => FromNested(values, rank: 3);

    /// <summary>A tensor with four axes, from nested rows of one length.</summary>
    [OverloadResolutionPriority(1)]
    public static Tensor Of(float[][][][] values) => FromNested(values, rank: 4);

    /// <summary>A tensor with four axes, from nested rows of one length, rounded to float32.</summary>
    public static Tensor Of(double[][][][] values) => FromNested(values, rank: 4);

    /// <summary>A tensor with the axes of a rectangular array.</summary>
    public static Tensor Of(float[,] values) => FromRectangle(values);

    /// <inheritdoc cref="Of(float[,])"/>
    public static Tensor Of(double[,] values) => FromRectangle(values);

    /// <inheritdoc cref="Of(float[,])"/>
    public static Tensor Of(float[,,] values) => FromRectangle(values);

    /// <inheritdoc cref="Of(float[,])"/>
    public static Tensor Of(double[,,] values) => FromRectangle(values);

    /// <inheritdoc cref="Of(float[,])"/>
    public static Tensor Of(float[,,,] values) => FromRectangle(values);

    /// <inheritdoc cref="Of(float[,])"/>
    public static Tensor Of(double[,,,] values) => FromRectangle(values);

    /// <summary>A tensor of zeros: <c>Tensor.Zeros(2, 3)</c>.</summary>
    public static Tensor Zeros(params ReadOnlySpan<int> shape)
    {
        var axes = Shape.Of(shape);
        return new Tensor(axes, Allocate(axes, cleared: true));
    }

    /// <summary>A tensor of ones: <c>Tensor.Ones(2, 3)</c>.</summary>
    public static Tensor Ones(params ReadOnlySpan<int> shape) => Full(shape, 1);

    /// <summary>A tensor with one value everywhere: <c>Tensor.Full([2, 3], 0.5)</c>.</summary>
    public static Tensor Full(ReadOnlySpan<int> shape, double value)
    {
        var result = Zeros(shape);
        result.Values.Fill((float)value);
        return result;
    }

    /// <summary>Ones on the diagonal, zeros beside it: shape <c>(n, n)</c>, as NumPy's eye.</summary>
    /// <exception cref="ArgumentException"><paramref name="n"/> is negative.</exception>
    public static Tensor Eye(int n)
    {
        var result = Zeros(n, n);
        for (var i = 0; i < n; i++)
            result.Values[i * (n + 1)] = 1;
        return result;
    }

    /// <summary>The whole numbers from 0 up to, not including, <paramref name="stop"/>: shape <c>(stop,)</c>.</summary>
    public static Tensor Arange(int stop) => Arange(0, stop);

    /// <summary>
    /// <paramref name="start"/>, <c>start + step</c>, … up to, not including, <paramref name="stop"/>, as NumPy's arange.
    /// </summary>
    /// <exception cref="ArgumentException"><paramref name="step"/> is zero.</exception>
    public static Tensor Arange(double start, double stop, double step = 1)
    {
        if (step == 0)
            throw new ArgumentException("Arange needs a step other than 0.", nameof(step));
        var count = Math.Max(0, Math.Ceiling((stop - start) / step));
        if (!(count <= Array.MaxLength))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"Arange from {start} to {stop} by {step} has {count} numbers; {Array.MaxLength} is the most."));
        }

        var result = Zeros((int)count);
        for (var i = 0; i < result.Size; i++)
            result._values[i] = (float)(start + i * step);
        return result;
    }

    /// <summary>A tensor of the given shape from values in row-major order, which are copied.</summary>
    public static Tensor FromSpan(ReadOnlySpan<float> values, params ReadOnlySpan<int> shape) =>
        new(Shape.Of(shape), values.ToArray());

    internal static Tensor ZerosLike(Tensor other) => new(other.Shape, new float[other.Size]);

    /// <summary>A tensor whose numbers the caller writes, every one.</summary>
    internal static Tensor Unwritten(Shape shape) => new(shape, Allocate(shape, cleared: false));

    private static Tensor FromNested(Array values, int rank)
    {
        ArgumentNullException.ThrowIfNull(values);
        var axes = new int[rank];
        Array? level = values;
        for (var axis = 0; axis < rank; axis++)
        {
            axes[axis] = level?.Length ?? 0;
            level = axis < rank - 1 && axes[axis] > 0 ? (Array?)level!.GetValue(0) : null;
        }

        var result = Zeros(axes);
        var next = 0;
        Fill(values, 0, axes, result._values, ref next);
        return result;
    }

    private static void Fill(Array level, int axis, int[] axes, float[] target, ref int next)
    {
        if (level.Length != axes[axis])
        {
            throw new ArgumentException(
                $"Rows of unequal length: axis {axis} has {axes[axis]} values in the first row and {level.Length} in a later one.");
        }

        switch (level)
        {
            case float[] row:
                row.CopyTo(target, next);
                next += row.Length;
                break;
            case double[] row:
                foreach (var value in row)
                    target[next++] = (float)value;
                break;
            default:
                foreach (Array inner in level)
                    Fill(inner, axis + 1, axes, target, ref next);
                break;
        }
    }

    private static Tensor FromRectangle(Array values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var axes = new int[values.Rank];
        for (var axis = 0; axis < axes.Length; axis++)
            axes[axis] = values.GetLength(axis);
        var result = Zeros(axes);
        if (values.GetType().GetElementType() == typeof(float))
        {
            Buffer.BlockCopy(values, 0, result._values, 0, result.Size * sizeof(float));
            return result;
        }

        var next = 0;
        foreach (double value in values)
            result._values[next++] = (float)value;
        return result;
    }
}
