namespace Unroll.Training;

/// <summary>
/// Half a wave of the cosine, from the initial rate to <c>alpha</c> times it (Loshchilov and Hutter, 2016). With a
/// warm-up, the rate first rises in a straight line from the initial one to <c>warmupTarget</c>, from which the wave falls.
/// </summary>
public sealed class CosineDecay(
    double initialLearningRate, int decaySteps, double alpha = 0, double? warmupTarget = null, int warmupSteps = 0) : LearningRateSchedule
{
    private readonly double _target = NotNegative(warmupTarget ?? initialLearningRate, nameof(warmupTarget));

    /// <summary>The rate of the first step.</summary>
    public double InitialLearningRate { get; } = NotNegative(initialLearningRate, nameof(initialLearningRate));

    /// <summary>After how many steps the wave is at its end.</summary>
    public int DecaySteps { get; } = Positive(decaySteps, nameof(decaySteps));

    /// <summary>The share of the rate that is left at the end.</summary>
    public double Alpha { get; } = alpha;

    /// <summary>To which rate the warm-up rises; null for none.</summary>
    public double? WarmupTarget { get; } = warmupTarget;

    /// <summary>How many steps the warm-up takes.</summary>
    public int WarmupSteps { get; } = warmupTarget is null && warmupSteps != 0
        ? throw new ArgumentException("warmupSteps needs a warmupTarget, to which the rate rises.")
        : NotNegative(warmupSteps, nameof(warmupSteps));

    /// <inheritdoc/>
    public override double At(int step)
    {
        if (step < WarmupSteps)
            return InitialLearningRate + (_target - InitialLearningRate) * step / WarmupSteps;
        var wave = 0.5 * (1 + Math.Cos(Math.PI * Math.Min(step - WarmupSteps, DecaySteps) / DecaySteps));
        return _target * ((1 - Alpha) * wave + Alpha);
    }
}

/// <summary>
/// <see cref="CosineDecay"/> again and again (Loshchilov and Hutter, 2016): each time <c>tMul</c> times as long as before, from
/// <c>mMul</c> times the rate.
/// </summary>
public sealed class CosineDecayRestarts(
    double initialLearningRate, int firstDecaySteps, double tMul = 2, double mMul = 1, double alpha = 0) : LearningRateSchedule
{
    /// <summary>The rate of the first step.</summary>
    public double InitialLearningRate { get; } = NotNegative(initialLearningRate, nameof(initialLearningRate));

    /// <summary>How many steps the first wave takes.</summary>
    public int FirstDecaySteps { get; } = Positive(firstDecaySteps, nameof(firstDecaySteps));

    /// <summary>How many times as long as the wave before each wave is.</summary>
    public double TMul { get; } = Positive(tMul, nameof(tMul));

    /// <summary>How many times the rate of the wave before each wave starts from.</summary>
    public double MMul { get; } = mMul;

    /// <summary>The share of the rate that is left at the end of the first wave.</summary>
    public double Alpha { get; } = alpha;

    /// <inheritdoc/>
    public override double At(int step)
    {
        // The parts of the periods before sum up to a geometric series.
        var passed = (double)step / FirstDecaySteps;
        var restarts = TMul == 1 ? Math.Floor(passed) : Math.Floor(Math.Log(1 - passed * (1 - TMul)) / Math.Log(TMul));
        var before = TMul == 1 ? restarts : (1 - Math.Pow(TMul, restarts)) / (1 - TMul);
        var part = (passed - before) / Math.Pow(TMul, restarts);
        var wave = 0.5 * Math.Pow(MMul, restarts) * (1 + Math.Cos(Math.PI * part));
        return InitialLearningRate * ((1 - Alpha) * wave + Alpha);
    }
}
