namespace Unroll.Training;

/// <summary>
/// Divides each gradient by a running mean of its size (Tieleman and Hinton, 2012):
/// <c>s = rho * s + (1 - rho) * g²; w -= learningRate * g / √(s + epsilon)</c>; centered takes the squared running mean of
/// g from s; momentum adds up the steps.
/// </summary>
public sealed class RMSprop : Optimizer
{
    /// <summary>Makes the optimizer; the arguments are Keras'.</summary>
    /// <param name="learningRate">A number or a schedule. Default: 0.001.</param>
    /// <param name="rho">How much of the running mean stays at each step.</param>
    /// <param name="momentum">The share of the last step that the next one keeps.</param>
    /// <param name="epsilon">Keeps the quotient finite.</param>
    /// <param name="centered">Whether the variance is used in place of the mean square.</param>
    /// <param name="weightDecay">The share of each weight that a step takes away, times the learning rate; null for none.</param>
    /// <param name="clipNorm">The greatest norm of the gradient of each variable, or null.</param>
    /// <param name="clipValue">The greatest size of each number of a gradient, or null.</param>
    /// <param name="globalClipNorm">The greatest norm of all gradients together, or null.</param>
    public RMSprop(
        LearningRateSchedule? learningRate = null,
        double rho = 0.9,
        double momentum = 0,
        double epsilon = 1e-7,
        bool centered = false,
        double? weightDecay = null,
        double? clipNorm = null,
        double? clipValue = null,
        double? globalClipNorm = null)
        : base(learningRate ?? 0.001, weightDecay, clipNorm, clipValue, globalClipNorm) => (Rho, Momentum, Epsilon, Centered) = (rho, momentum, epsilon, centered);

    /// <summary>How much of the running mean stays at each step.</summary>
    public double Rho { get; }

    /// <summary>The share of the last step that the next one keeps.</summary>
    public double Momentum { get; }

    /// <summary>Keeps the quotient finite.</summary>
    public double Epsilon { get; }

    /// <summary>Whether the variance is used in place of the mean square.</summary>
    public bool Centered { get; }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<string> SlotNames =>
        ["square", .. (string[])(Centered ? ["mean"] : []), .. (string[])(Momentum > 0 ? ["momentum"] : [])];

    /// <inheritdoc/>
    protected override void Update(Span<float> values, ReadOnlySpan<float> gradient, Variable variable)
    {
        var (rate, rho, fresh) = ((float)LearningRate, (float)Rho, (float)(1 - Rho));
        var (momentum, epsilon) = ((float)Momentum, (float)Epsilon);
        var square = Slot(variable, "square");
        var mean = Centered ? Slot(variable, "mean") : [];
        var velocity = Momentum > 0 ? Slot(variable, "momentum") : [];
        for (var i = 0; i < values.Length; i++)
        {
            var g = gradient[i];
            square[i] = rho * square[i] + fresh * g * g;
            var spread = square[i];
            if (Centered)
            {
                mean[i] = rho * mean[i] + fresh * g;
                spread -= mean[i] * mean[i];
            }

            var step = rate * g / MathF.Sqrt(spread + epsilon);
            if (Momentum > 0)
                step = velocity[i] = momentum * velocity[i] + step;
            values[i] -= step;
        }
    }
}
