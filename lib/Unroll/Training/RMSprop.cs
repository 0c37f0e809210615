namespace Unroll.Training;

/// <summary>
/// Divides each gradient by a running mean of its size (Tieleman and Hinton, 2012):
/// <c>s = rho * s + (1 - rho) * g²; w -= learningRate * g / √(s + epsilon)</c>; centered takes the squared running mean of
/// g from s; momentum adds up the steps.
/// </summary>
public sealed class RMSprop : Optimizer
{
    /// <summary>Makes the optimizer; the arguments are Keras'.</summary>
    public RMSprop(double learningRate = 0.001, double rho = 0.9, double momentum = 0, double epsilon = 1e-7, bool centered = false)
        : base(learningRate) => (Rho, Momentum, Epsilon, Centered) = (rho, momentum, epsilon, centered);

    /// <summary>How much of the running mean stays at each step.</summary>
    public double Rho { get; }

    /// <summary>The share of the last step that the next one keeps.</summary>
    public double Momentum { get; }

    /// <summary>Keeps the quotient finite.</summary>
    public double Epsilon { get; }

    /// <summary>Whether the variance is used in place of the mean square.</summary>
    public bool Centered { get; }

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
