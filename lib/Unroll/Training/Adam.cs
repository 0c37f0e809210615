using Unroll.Compute;

namespace Unroll.Training;

/// <summary>
/// Running means of the gradient and of its square, made up for their start at zero (Kingma and Ba, 2015), in Keras' form,
/// where epsilon stands beside √v and not √v̂:
/// <code>
/// m = beta1 * m + (1 - beta1) * g;  v = beta2 * v + (1 - beta2) * g²
/// w -= learningRate * √(1 - beta2ᵗ) / (1 - beta1ᵗ) * m / (√v + epsilon)
/// </code>
/// </summary>
public class Adam : Optimizer
{
    /// <summary>Makes the optimizer; the arguments are Keras'.</summary>
    /// <param name="learningRate">A number or a schedule. Default: 0.001.</param>
    /// <param name="beta1">How much of the mean stays at each step.</param>
    /// <param name="beta2">How much of the mean square stays at each step.</param>
    /// <param name="epsilon">Keeps the quotient finite.</param>
    /// <param name="amsgrad">Whether the greatest mean square so far is used (Reddi and others, 2018).</param>
    /// <param name="weightDecay">The share of each weight that a step takes away, times the learning rate; null for none.</param>
    /// <param name="clipNorm">The greatest norm of the gradient of each variable, or null.</param>
    /// <param name="clipValue">The greatest size of each number of a gradient, or null.</param>
    /// <param name="globalClipNorm">The greatest norm of all gradients together, or null.</param>
    public Adam(
        LearningRateSchedule? learningRate = null,
        double beta1 = 0.9,
        double beta2 = 0.999,
        double epsilon = 1e-7,
        bool amsgrad = false,
        double? weightDecay = null,
        double? clipNorm = null,
        double? clipValue = null,
        double? globalClipNorm = null)
        : base(learningRate ?? 0.001, weightDecay, clipNorm, clipValue, globalClipNorm) => (Beta1, Beta2, Epsilon, Amsgrad) = (beta1, beta2, epsilon, amsgrad);

    /// <summary>How much of the mean stays at each step.</summary>
    public double Beta1 { get; }

    /// <summary>How much of the mean square stays at each step.</summary>
    public double Beta2 { get; }

    /// <summary>Keeps the quotient finite.</summary>
    public double Epsilon { get; }

    /// <summary>Whether the greatest mean square so far is used (Reddi and others, 2018).</summary>
    public bool Amsgrad { get; }

    /// <summary>The learning rate of the next step, made up for the start of both means at zero.</summary>
    internal double StepRate =>
        LearningRate * Math.Sqrt(1 - Math.Pow(Beta2, Iterations + 1)) / (1 - Math.Pow(Beta1, Iterations + 1));

    /// <inheritdoc/>
    protected internal override IReadOnlyList<string> SlotNames => Amsgrad ? ["m", "v", "vhat"] : ["m", "v"];

    /// <inheritdoc/>
    protected override void Update(Span<float> values, ReadOnlySpan<float> gradient, Variable variable)
    {
        var mean = Slot(variable, "m");
        var square = Slot(variable, "v");
        var greatest = Amsgrad ? Slot(variable, "vhat") : [];
        AdamStep.Run(values, gradient, mean, square, greatest, (float)StepRate, (float)(1 - Beta1), (float)(1 - Beta2), (float)Epsilon);
    }
}
