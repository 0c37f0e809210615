namespace Unroll.Training;

/// <summary>
/// <see cref="Adam"/> with the greatest gradient, fading, in place of the mean square (Kingma and Ba, 2015):
/// <code>
/// m = beta1 * m + (1 - beta1) * g;  u = max(beta2 * u, |g|)
/// w -= learningRate / (1 - beta1ᵗ) * m / (u + epsilon)
/// </code>
/// </summary>
public sealed class Adamax : Optimizer
{
    /// <summary>Makes the optimizer; the arguments are Keras'.</summary>
    /// <param name="learningRate">A number or a schedule. Default: 0.001.</param>
    /// <param name="beta1">How much of the mean stays at each step.</param>
    /// <param name="beta2">How much of the greatest gradient stays at each step.</param>
    /// <param name="epsilon">Keeps the quotient finite.</param>
    /// <param name="weightDecay">The share of each weight that a step takes away, times the learning rate; null for none.</param>
    /// <param name="clipNorm">The greatest norm of the gradient of each variable, or null.</param>
    /// <param name="clipValue">The greatest size of each number of a gradient, or null.</param>
    /// <param name="globalClipNorm">The greatest norm of all gradients together, or null.</param>
    public Adamax(
        LearningRateSchedule? learningRate = null,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-7,
        double? weightDecay = null,
        double? clipNorm = null,
        double? clipValue = null,
        double? globalClipNorm = null)
        : base(learningRate ?? 0.001, weightDecay, clipNorm, clipValue, globalClipNorm) => (Beta1, Beta2, Epsilon) = (beta1, beta2, epsilon);

    /// <summary>How much of the mean stays at each step.</summary>
    public double Beta1 { get; }

    /// <summary>How much of the greatest gradient stays at each step.</summary>
    public double Beta2 { get; }

    /// <summary>Keeps the quotient finite.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<string> SlotNames => ["m", "u"];

    /// <inheritdoc/>
    protected override void Update(Span<float> values, ReadOnlySpan<float> gradient, Variable variable)
    {
        var (rate, fresh) = ((float)(LearningRate / (1 - Math.Pow(Beta1, Iterations + 1))), (float)(1 - Beta1));
        var (beta2, epsilon) = ((float)Beta2, (float)Epsilon);
        var mean = Slot(variable, "m");
        var greatest = Slot(variable, "u");
        for (var i = 0; i < values.Length; i++)
        {
            mean[i] += fresh * (gradient[i] - mean[i]);
            greatest[i] = MathF.Max(beta2 * greatest[i], MathF.Abs(gradient[i]));
            values[i] -= rate * mean[i] / (greatest[i] + epsilon);
        }
    }
}
