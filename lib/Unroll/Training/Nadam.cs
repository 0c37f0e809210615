namespace Unroll.Training;

/// <summary>
/// <see cref="Adam"/> with Nesterov's momentum (Dozat, 2016), which grows as training goes on:
/// <code>
/// μₜ = beta1 * (1 - 0.5 * 0.96ᵗ);  m = beta1 * m + (1 - beta1) * g;  v = beta2 * v + (1 - beta2) * g²
/// m̂ = μₜ₊₁ * m / (1 - μ₁ … μₜ₊₁) + (1 - μₜ) * g / (1 - μ₁ … μₜ);  v̂ = v / (1 - beta2ᵗ)
/// w -= learningRate * m̂ / (√v̂ + epsilon)
/// </code>
/// </summary>
public sealed class Nadam : Optimizer
{
    // μ₁ … μₜ for the last t that was asked for.
    private (int Steps, double Product) _momenta = (0, 1);

    /// <summary>Makes the optimizer; the arguments are Keras'.</summary>
    /// <param name="learningRate">A number or a schedule. Default: 0.001.</param>
    /// <param name="beta1">How much of the mean stays at each step.</param>
    /// <param name="beta2">How much of the mean square stays at each step.</param>
    /// <param name="epsilon">Keeps the quotient finite.</param>
    /// <param name="weightDecay">The share of each weight that a step takes away, times the learning rate; null for none.</param>
    /// <param name="clipNorm">The greatest norm of the gradient of each variable, or null.</param>
    /// <param name="clipValue">The greatest size of each number of a gradient, or null.</param>
    /// <param name="globalClipNorm">The greatest norm of all gradients together, or null.</param>
    public Nadam(
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

    /// <summary>How much of the mean square stays at each step.</summary>
    public double Beta2 { get; }

    /// <summary>Keeps the quotient finite.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    protected internal override IReadOnlyList<string> SlotNames => ["m", "v"];

    /// <summary>By what the next step multiplies mean, gradient and mean square.</summary>
    internal (double Mean, double Gradient, double Square) Shares
    {
        get
        {
            var (step, next) = (Momentum(Iterations + 1), Momentum(Iterations + 2));
            var product = ProductTo(Iterations + 1);
            return (next / (1 - product * next), (1 - step) / (1 - product), 1 / (1 - Math.Pow(Beta2, Iterations + 1)));
        }
    }

    /// <inheritdoc/>
    protected override void Update(Span<float> values, ReadOnlySpan<float> gradient, Variable variable)
    {
        var (rate, epsilon) = ((float)LearningRate, (float)Epsilon);
        var (fresh1, fresh2) = ((float)(1 - Beta1), (float)(1 - Beta2));
        var shares = Shares;
        var (ofMean, ofGradient, ofSquare) = ((float)shares.Mean, (float)shares.Gradient, (float)shares.Square);
        var mean = Slot(variable, "m");
        var square = Slot(variable, "v");
        for (var i = 0; i < values.Length; i++)
        {
            var g = gradient[i];
            mean[i] += fresh1 * (g - mean[i]);
            square[i] += fresh2 * (g * g - square[i]);
            values[i] -= rate * (ofMean * mean[i] + ofGradient * g) / (MathF.Sqrt(ofSquare * square[i]) + epsilon);
        }
    }

    private double Momentum(int step) => Beta1 * (1 - 0.5 * Math.Pow(0.96, step));

    private double ProductTo(int step)
    {
        if (_momenta.Steps > step)
            _momenta = (0, 1);
        while (_momenta.Steps < step)
            _momenta = (_momenta.Steps + 1, _momenta.Product * Momentum(_momenta.Steps + 1));
        return _momenta.Product;
    }
}
