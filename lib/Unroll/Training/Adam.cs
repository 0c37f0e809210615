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
public sealed class Adam : Optimizer
{
    /// <summary>Makes the optimizer; the arguments are Keras'.</summary>
    public Adam(double learningRate = 0.001, double beta1 = 0.9, double beta2 = 0.999, double epsilon = 1e-7, bool amsgrad = false)
        : base(learningRate) => (Beta1, Beta2, Epsilon, Amsgrad) = (beta1, beta2, epsilon, amsgrad);

    /// <summary>How much of the mean stays at each step.</summary>
    public double Beta1 { get; }

    /// <summary>How much of the mean square stays at each step.</summary>
    public double Beta2 { get; }

    /// <summary>Keeps the quotient finite.</summary>
    public double Epsilon { get; }

    /// <summary>Whether the greatest mean square so far is used (Reddi and others, 2018).</summary>
    public bool Amsgrad { get; }

    /// <inheritdoc/>
    protected override void Update(Span<float> values, ReadOnlySpan<float> gradient, Variable variable)
    {
        var mean = Slot(variable, "m");
        var square = Slot(variable, "v");
        var greatest = Amsgrad ? Slot(variable, "vhat") : [];
        var rate = LearningRate * Math.Sqrt(1 - Math.Pow(Beta2, Iterations)) / (1 - Math.Pow(Beta1, Iterations));
        AdamStep.Run(values, gradient, mean, square, greatest, (float)rate, (float)(1 - Beta1), (float)(1 - Beta2), (float)Epsilon);
    }
}
