namespace Unroll.Initializers;

/// <summary>
/// A matrix whose rows or columns (whichever are fewer) are at right angles and of length <paramref name="gain"/>:
/// repeated products with it neither fade nor grow (Saxe and others, 2014). Keras' default for recurrent kernels.
/// </summary>
public sealed class Orthogonal(double gain = 1, long? seed = null) : RandomInitializer(seed)
{
    /// <summary>The length of the rows or columns.</summary>
    public double Gain { get; } = gain;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The shape has fewer than two axes.</exception>
    public override Tensor Create(Shape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Rank < 2)
            throw new ArgumentException($"Orthogonal needs at least two axes, but the weight has shape {shape}.");
        if (shape.Size == 0)
            return Tensor.Zeros(shape);
        var (memory, needed) = (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, shape.LongSize * (sizeof(float) + sizeof(double)));
        if (needed > memory)
        {
            throw new InvalidOperationException(
                $"Orthogonal takes {needed >> 20} MB for a weight of shape {shape}, and there are {memory >> 20} MB. " +
                "Use another initializer, such as \"glorotUniform\".");
        }

        var columns = shape[^1];
        var rows = shape.Size / columns;
        var vectors = RandomFrame(Math.Min(rows, columns), Math.Max(rows, columns));
        var result = Tensor.Zeros(shape);
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++)
                result.Values[row * columns + column] = (float)(Gain * (rows <= columns ? vectors[row][column] : vectors[column][row]));
        }

        return result;
    }

    /// <summary>
    /// Unit vectors at right angles, from random ones by Gram and Schmidt's method. Each is cleaned twice, which keeps the
    /// angles right to rounding.
    /// </summary>
    private double[][] RandomFrame(int count, int length)
    {
        var generator = NewGenerator();
        var frame = new double[count][];
        for (var i = 0; i < count; i++)
        {
            var vector = new double[length];
            for (var j = 0; j < length; j++)
                vector[j] = generator.Normal(0, 1);
            for (var pass = 0; pass < 2; pass++)
            {
                for (var k = 0; k < i; k++)
                {
                    var along = Dot(vector, frame[k]);
                    for (var j = 0; j < length; j++)
                        vector[j] -= along * frame[k][j];
                }
            }

            var size = Math.Sqrt(Dot(vector, vector));
            for (var j = 0; j < length; j++)
                vector[j] /= size;
            frame[i] = vector;
        }

        return frame;
    }

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++)
            sum += a[i] * b[i];
        return sum;
    }
}
