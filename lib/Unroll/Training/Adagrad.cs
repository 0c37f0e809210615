namespace Unroll.Training;

/// <summary>
/// Divides each gradient by the root of the sum of all its squares so far (Duchi and others, 2011), which starts from a
/// positive number: <c>s += g²; w -= learningRate * g / √(s + epsilon)</c>.
/// </summary>
public sealed class Adagrad : Optimizer
{
    /// <summary>Makes the optimizer; the arguments are Keras'.</summary>
    /// <param name="learningRate">A number or a schedule. Default: 0.001.</param>
    /// <param name="initialAccumulatorValue">From what the sum of squares starts.</param>
    /// <param name="epsilon">Keeps the quotient finite.</param>
    /// <param name="weightDecay">The share of each weight that a step takes away, times the learning rate; null for none.</param>
    /// <param name="clipNorm">The greatest norm of the gradient of each variable, or null.</param>
    /// <param name="clipValue">The greatest size of each number of a gradient, or null.</param>
    /// <param name="globalClipNorm">The greatest norm of all gradients together, or null.</param>
    public Adagrad(
        LearningRateSchedule? learningRate = null,
        double initialAccumulatorValue = 0.1,
        double epsilon = 1e-7,
        double? weightDecay = null,
        double? clipNorm = null,
        double? clipValue = null,
        double? globalClipNorm = null)
        : base(learningRate ?? 0.001, weightDecay, clipNorm, clipValue, globalClipNorm) => (InitialAccumulatorValue, Epsilon) = (initialAccumulatorValue, epsilon);

    /// <summary>From what the sum of squares starts.</summary>
    public double InitialAccumulatorValue { get; }

    /// <summary>Keeps the quotient finite.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<string> SlotNames => ["accumulator"];

    /// <inheritdoc/>
    protected override float FirstValue(string name) => (float)InitialAccumulatorValue;

    /// <inheritdoc/>
    protected override void Update(Span<float> values, ReadOnlySpan<float> gradient, Variable variable)
    {
        var (rate, epsilon) = ((float)LearningRate, (float)Epsilon);
        var sum = Slot(variable, "accumulator");
        for (var i = 0; i < values.Length; i++)
        {
            sum[i] += gradient[i] * gradient[i];
            values[i] -= rate * gradient[i] / MathF.Sqrt(sum[i] + epsilon);
        }
    }
}
