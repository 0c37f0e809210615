namespace Unroll.Training;

/// <summary>
/// <c>initialLearningRate * decayRate ^ (step / decaySteps)</c>; with staircase, the exponent is a whole number, rounded down.
/// </summary>
public sealed class ExponentialDecay(double initialLearningRate, int decaySteps, double decayRate, bool staircase = false) : LearningRateSchedule
{
    /// <summary>The rate of the first step.</summary>
    public double InitialLearningRate { get; } = NotNegative(initialLearningRate, nameof(initialLearningRate));

    /// <summary>After how many steps the factor is applied once.</summary>
    public int DecaySteps { get; } = Positive(decaySteps, nameof(decaySteps));

    /// <summary>The factor of each decaySteps steps.</summary>
    public double DecayRate { get; } = decayRate;

    /// <summary>Whether the rate falls in stairs.</summary>
    public bool Staircase { get; } = staircase;

    /// <inheritdoc/>
    public override double At(int step)
    {
        var part = (double)step / DecaySteps;
        return InitialLearningRate * Math.Pow(DecayRate, Staircase ? Math.Floor(part) : part);
    }
}

/// <summary>
/// <c>initialLearningRate / (1 + decayRate * step / decaySteps)</c>; with staircase, the quotient is a whole number, rounded down.
/// </summary>
public sealed class InverseTimeDecay(double initialLearningRate, int decaySteps, double decayRate, bool staircase = false) : LearningRateSchedule
{
    /// <summary>The rate of the first step.</summary>
    public double InitialLearningRate { get; } = NotNegative(initialLearningRate, nameof(initialLearningRate));

    /// <summary>After how many steps decayRate is added to the divisor once.</summary>
    public int DecaySteps { get; } = Positive(decaySteps, nameof(decaySteps));

    /// <summary>What decaySteps steps add to the divisor.</summary>
    public double DecayRate { get; } = decayRate;

    /// <summary>Whether the rate falls in stairs.</summary>
    public bool Staircase { get; } = staircase;

    /// <inheritdoc/>
    public override double At(int step)
    {
        var part = (double)step / DecaySteps;
        return InitialLearningRate / (1 + DecayRate * (Staircase ? Math.Floor(part) : part));
    }
}

/// <summary>
/// <c>values[0]</c> up to and with step <c>boundaries[0]</c>, <c>values[1]</c> up to and with <c>boundaries[1]</c>, and so on.
/// </summary>
public sealed class PiecewiseConstantDecay : LearningRateSchedule
{
    /// <summary>Makes the schedule.</summary>
    /// <param name="boundaries">Steps, each greater than the one before.</param>
    /// <param name="values">One rate more than there are boundaries.</param>
    /// <exception cref="ArgumentException">The lists do not fit each other, or the boundaries are not in order.</exception>
    public PiecewiseConstantDecay(IReadOnlyList<int> boundaries, IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(boundaries);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count != boundaries.Count + 1)
            throw new ArgumentException($"{boundaries.Count} boundaries need {boundaries.Count + 1} values, but {values.Count} came.");
        for (var i = 1; i < boundaries.Count; i++)
        {
            if (boundaries[i] <= boundaries[i - 1])
                throw new ArgumentException($"Boundaries must rise, but {boundaries[i]} comes after {boundaries[i - 1]}.");
        }

        Boundaries = [.. boundaries];
        Values = [.. values.Select(value => NotNegative(value, nameof(values)))];
    }

    /// <summary>The last steps of the rates.</summary>
    public IReadOnlyList<int> Boundaries { get; }

    /// <summary>The rates, one more than there are boundaries.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <inheritdoc/>
    public override double At(int step)
    {
        var piece = 0;
        while (piece < Boundaries.Count && step > Boundaries[piece])
            piece++;
        return Values[piece];
    }
}

/// <summary>
/// <c>(initialLearningRate - endLearningRate) * (1 - step / decaySteps) ^ power + endLearningRate</c>, and the end rate for all
/// steps after <c>decaySteps</c>; with cycle, decaySteps is the next multiple of itself that is not below the step.
/// </summary>
public sealed class PolynomialDecay(
    double initialLearningRate, int decaySteps, double endLearningRate = 0.0001, double power = 1, bool cycle = false) : LearningRateSchedule
{
    /// <summary>The rate of the first step.</summary>
    public double InitialLearningRate { get; } = NotNegative(initialLearningRate, nameof(initialLearningRate));

    /// <summary>After how many steps the rate is the last one.</summary>
    public int DecaySteps { get; } = Positive(decaySteps, nameof(decaySteps));

    /// <summary>The last rate.</summary>
    public double EndLearningRate { get; } = NotNegative(endLearningRate, nameof(endLearningRate));

    /// <summary>The exponent; 1 for a straight line.</summary>
    public double Power { get; } = power;

    /// <summary>Whether the rate rises again after decaySteps.</summary>
    public bool Cycle { get; } = cycle;

    /// <inheritdoc/>
    public override double At(int step)
    {
        var steps = Cycle ? DecaySteps * Math.Max(1, Math.Ceiling((double)step / DecaySteps)) : DecaySteps;
        return (InitialLearningRate - EndLearningRate) * Math.Pow(1 - Math.Min(step, steps) / steps, Power) + EndLearningRate;
    }
}
