namespace Unroll.Training;

/// <summary>
/// Gradient descent: <c>w -= learningRate * g</c>; with momentum
/// <c>v = momentum * v - learningRate * g; w += v</c>, and with Nesterov's form <c>w += momentum * v - learningRate * g</c>.
/// </summary>
public sealed class SGD : Optimizer
{
    /// <summary>Makes the optimizer; the arguments are Keras'.</summary>
    /// <param name="learningRate">A number or a schedule. Default: 0.01.</param>
    /// <param name="momentum">The share of the last step that the next one keeps.</param>
    /// <param name="nesterov">Whether the gradient is taken a step ahead.</param>
    /// <param name="weightDecay">The share of each weight that a step takes away, times the learning rate; null for none.</param>
    /// <param name="clipNorm">The greatest norm of the gradient of each variable, or null.</param>
    /// <param name="clipValue">The greatest size of each number of a gradient, or null.</param>
    /// <param name="globalClipNorm">The greatest norm of all gradients together, or null.</param>
    public SGD(
        LearningRateSchedule? learningRate = null,
        double momentum = 0,
        bool nesterov = false,
        double? weightDecay = null,
        double? clipNorm = null,
        double? clipValue = null,
        double? globalClipNorm = null)
        : base(learningRate ?? 0.01, weightDecay, clipNorm, clipValue, globalClipNorm)
    {
        if (!(momentum is >= 0 and <= 1))
            throw new ArgumentException(FormattableString.Invariant($"momentum must be between 0 and 1 but is {momentum}."));
        (Momentum, Nesterov) = (momentum, nesterov);
    }

    /// <summary>The share of the last step that the next one keeps.</summary>
    public double Momentum { get; }

    /// <summary>Whether the gradient is taken a step ahead.</summary>
    public bool Nesterov { get; }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<string> SlotNames => Momentum == 0 ? [] : ["momentum"];

    /// <inheritdoc/>
    protected override void Update(Span<float> values, ReadOnlySpan<float> gradient, Variable variable)
    {
        var (rate, momentum) = ((float)LearningRate, (float)Momentum);
        if (momentum == 0)
        {
            for (var i = 0; i < values.Length; i++)
                values[i] -= rate * gradient[i];
            return;
        }

        var velocity = Slot(variable, "momentum");
        for (var i = 0; i < values.Length; i++)
        {
            velocity[i] = momentum * velocity[i] - rate * gradient[i];
            values[i] += Nesterov ? momentum * velocity[i] - rate * gradient[i] : velocity[i];
        }
    }
}
