namespace Unroll.Training;

/// <summary>
/// Gradient descent: <c>w -= learningRate * g</c>; with momentum
/// <c>v = momentum * v - learningRate * g; w += v</c>, and with Nesterov's form <c>w += momentum * v - learningRate * g</c>.
/// </summary>
public sealed class SGD : Optimizer
{
    /// <summary>Makes the optimizer; the arguments are Keras'.</summary>
    public SGD(float learningRate = 0.01f, float momentum = 0, bool nesterov = false)
        : base(learningRate)
    {
        if (!(momentum is >= 0 and <= 1))
            throw new ArgumentException(FormattableString.Invariant($"momentum must be between 0 and 1 but is {momentum}."));
        (Momentum, Nesterov) = (momentum, nesterov);
    }

    /// <summary>The share of the last step that the next one keeps.</summary>
    public float Momentum { get; }

    /// <summary>Whether the gradient is taken a step ahead.</summary>
    public bool Nesterov { get; }

    /// <inheritdoc/>
    protected override void Update(Span<float> values, ReadOnlySpan<float> gradient, Variable variable)
    {
        if (Momentum == 0)
        {
            for (var i = 0; i < values.Length; i++) values[i] -= LearningRate * gradient[i];
            return;
        }

        var velocity = Slot(variable, "momentum");
        for (var i = 0; i < values.Length; i++)
        {
            velocity[i] = Momentum * velocity[i] - LearningRate * gradient[i];
            values[i] += Nesterov ? Momentum * velocity[i] - LearningRate * gradient[i] : velocity[i];
        }
    }
}
