namespace Unroll.Initializers;

/// <summary>
/// A matrix with one number on its diagonal and zeros beside it; of a matrix that is not square, as far as the diagonal goes.
/// As a recurrent kernel with relu it lets a simple network remember long (Le and others, 2015).
/// </summary>
/// <param name="gain">The number on the diagonal.</param>
public sealed class Identity(double gain = 1) : Initializer
{
    /// <summary>The number on the diagonal.</summary>
    public double Gain { get; } = gain;

    /// <inheritdoc/>
    public override Tensor Create(Shape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Rank != 2)
            throw new InvalidOperationException($"identity makes matrices, of two axes, but shape {shape} was asked for.");
        var result = Tensor.Zeros([.. shape.Axes]);
        for (var i = 0; i < Math.Min(shape[0], shape[1]); i++)
            result.Values[i * shape[1] + i] = (float)Gain;
        return result;
    }
}
