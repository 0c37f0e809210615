namespace Unroll.Training;

/// <summary>
/// Steps as large as the steps before, for their gradients (Zeiler, 2012):
/// <code>
/// s = rho * s + (1 - rho) * g²;  step = √(d + epsilon) / √(s + epsilon) * g;  d = rho * d + (1 - rho) * step²
/// w -= learningRate * step
/// </code>
/// </summary>
public sealed class Adadelta : Optimizer
{
    /// <summary>Makes the optimizer; the arguments are Keras'.</summary>
    /// <param name="learningRate">A number or a schedule. Default: 0.001.</param>
    /// <param name="rho">How much of the running means stays at each step.</param>
    /// <param name="epsilon">Keeps the quotient finite.</param>
    /// <param name="weightDecay">The share of each weight that a step takes away, times the learning rate; null for none.</param>
    /// <param name="clipNorm">The greatest norm of the gradient of each variable, or null.</param>
    /// <param name="clipValue">The greatest size of each number of a gradient, or null.</param>
    /// <param name="globalClipNorm">The greatest norm of all gradients together, or null.</param>
    public Adadelta(
        LearningRateSchedule? learningRate = null,
        double rho = 0.95,
        double epsilon = 1e-7,
        double? weightDecay = null,
        double? clipNorm = null,
        double? clipValue = null,
        double? globalClipNorm = null)
        : base(learningRate ?? 0.001, weightDecay, clipNorm, clipValue, globalClipNorm) => (Rho, Epsilon) = (rho, epsilon);

    /// <summary>How much of the running means stays at each step.</summary>
    public double Rho { get; }

    /// <summary>Keeps the quotient finite.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<string> SlotNames => ["square", "step"];

    /// <inheritdoc/>
    protected override void Update(Span<float> values, ReadOnlySpan<float> gradient, Variable variable)
    {
        var (rate, rho, fresh, epsilon) = ((float)LearningRate, (float)Rho, (float)(1 - Rho), (float)Epsilon);
        var square = Slot(variable, "square");
        var steps = Slot(variable, "step");
        for (var i = 0; i < values.Length; i++)
        {
            var g = gradient[i];
            square[i] = rho * square[i] + fresh * g * g;
            var step = MathF.Sqrt(steps[i] + epsilon) / MathF.Sqrt(square[i] + epsilon) * g;
            steps[i] = rho * steps[i] + fresh * step * step;
            values[i] -= rate * step;
        }
    }
}
