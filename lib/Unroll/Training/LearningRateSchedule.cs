namespace Unroll.Training;

/// <summary>
/// How far the steps of an optimizer go, as a function of how many were made. A number is the schedule that never changes:
/// <c>new Adam(0.01)</c>, <c>new Adam(new CosineDecay(0.01, decaySteps: 1000))</c>.
/// </summary>
public abstract class LearningRateSchedule
{
    /// <summary>A learning rate that stays.</summary>
    public static implicit operator LearningRateSchedule(double learningRate) => FromDouble(learningRate);

    /// <summary>A learning rate that stays.</summary>
    /// <exception cref="ArgumentException">It is negative or not a number.</exception>
    public static LearningRateSchedule FromDouble(double learningRate) => new ConstantRate(learningRate);

    /// <summary>The learning rate of the step that follows <paramref name="step"/> others; the first step is 0.</summary>
    public abstract double At(int step);

    internal static double Positive(double value, string name) => value > 0
        ? value
        : throw new ArgumentException(FormattableString.Invariant($"{name} must be positive but is {value}."));

    internal static double NotNegative(double value, string name) => value >= 0
        ? value
        : throw new ArgumentException(FormattableString.Invariant($"{name} must not be negative but is {value}."));
}

/// <summary>The same rate for all steps.</summary>
internal sealed class ConstantRate(double learningRate) : LearningRateSchedule
{
    private readonly double _rate = NotNegative(learningRate, nameof(learningRate));

    public override double At(int step) => _rate;
}

/// <summary>
/// <c>initialLearningRate * decayRate ^ (step / decaySteps)</c>; with staircase, the exponent is a whole number, rounded down.
/// </summary>
public sealed class ExponentialDecay(double initialLearningRate, int decaySteps, double decayRate, bool staircase = false) : LearningRateSchedule
{
    private readonly double _initial = NotNegative(initialLearningRate, nameof(initialLearningRate));
    private readonly double _steps = Positive(decaySteps, nameof(decaySteps));

    /// <inheritdoc/>
    public override double At(int step)
    {
        var part = step / _steps;
        return _initial * Math.Pow(decayRate, staircase ? Math.Floor(part) : part);
    }
}

/// <summary>
/// <c>initialLearningRate / (1 + decayRate * step / decaySteps)</c>; with staircase, the quotient is a whole number, rounded down.
/// </summary>
public sealed class InverseTimeDecay(double initialLearningRate, int decaySteps, double decayRate, bool staircase = false) : LearningRateSchedule
{
    private readonly double _initial = NotNegative(initialLearningRate, nameof(initialLearningRate));
    private readonly double _steps = Positive(decaySteps, nameof(decaySteps));

    /// <inheritdoc/>
    public override double At(int step)
    {
        var part = step / _steps;
        return _initial / (1 + decayRate * (staircase ? Math.Floor(part) : part));
    }
}

/// <summary>
/// <c>values[0]</c> up to and with step <c>boundaries[0]</c>, <c>values[1]</c> up to and with <c>boundaries[1]</c>, and so on.
/// </summary>
public sealed class PiecewiseConstantDecay : LearningRateSchedule
{
    private readonly int[] _boundaries;
    private readonly double[] _values;

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

        _boundaries = [.. boundaries];
        _values = [.. values.Select(value => NotNegative(value, nameof(values)))];
    }

    /// <inheritdoc/>
    public override double At(int step)
    {
        var piece = 0;
        while (piece < _boundaries.Length && step > _boundaries[piece])
            piece++;
        return _values[piece];
    }
}

/// <summary>
/// <c>(initialLearningRate - endLearningRate) * (1 - step / decaySteps) ^ power + endLearningRate</c>, and the end rate for all
/// steps after <c>decaySteps</c>; with cycle, decaySteps is the next multiple of itself that is not below the step.
/// </summary>
public sealed class PolynomialDecay(
    double initialLearningRate, int decaySteps, double endLearningRate = 0.0001, double power = 1, bool cycle = false) : LearningRateSchedule
{
    private readonly double _initial = NotNegative(initialLearningRate, nameof(initialLearningRate));
    private readonly double _steps = Positive(decaySteps, nameof(decaySteps));
    private readonly double _end = NotNegative(endLearningRate, nameof(endLearningRate));

    /// <inheritdoc/>
    public override double At(int step)
    {
        var steps = cycle ? _steps * Math.Max(1, Math.Ceiling(step / _steps)) : _steps;
        return (_initial - _end) * Math.Pow(1 - Math.Min(step, steps) / steps, power) + _end;
    }
}

/// <summary>
/// Half a wave of the cosine, from the initial rate to <c>alpha</c> times it (Loshchilov and Hutter, 2016). With a
/// warm-up, the rate first rises in a straight line from the initial one to <c>warmupTarget</c>, from which the wave falls.
/// </summary>
public sealed class CosineDecay(
    double initialLearningRate, int decaySteps, double alpha = 0, double? warmupTarget = null, int warmupSteps = 0) : LearningRateSchedule
{
    private readonly double _initial = NotNegative(initialLearningRate, nameof(initialLearningRate));
    private readonly double _steps = Positive(decaySteps, nameof(decaySteps));
    private readonly double _target = NotNegative(warmupTarget ?? initialLearningRate, nameof(warmupTarget));
    private readonly double _warmup = warmupTarget is null && warmupSteps != 0
        ? throw new ArgumentException("warmupSteps needs a warmupTarget, to which the rate rises.")
        : NotNegative(warmupSteps, nameof(warmupSteps));

    /// <inheritdoc/>
    public override double At(int step)
    {
        if (step < _warmup)
            return _initial + (_target - _initial) * step / _warmup;
        var wave = 0.5 * (1 + Math.Cos(Math.PI * Math.Min(step - _warmup, _steps) / _steps));
        return _target * ((1 - alpha) * wave + alpha);
    }
}

/// <summary>
/// <see cref="CosineDecay"/> again and again (Loshchilov and Hutter, 2016): each time <c>tMul</c> times as long as before, from
/// <c>mMul</c> times the rate.
/// </summary>
public sealed class CosineDecayRestarts(
    double initialLearningRate, int firstDecaySteps, double tMul = 2, double mMul = 1, double alpha = 0) : LearningRateSchedule
{
    private readonly double _initial = NotNegative(initialLearningRate, nameof(initialLearningRate));
    private readonly double _first = Positive(firstDecaySteps, nameof(firstDecaySteps));
    private readonly double _longer = Positive(tMul, nameof(tMul));

    /// <inheritdoc/>
    public override double At(int step)
    {
        // The parts of the periods before sum up to a geometric series.
        var passed = step / _first;
        var restarts = _longer == 1 ? Math.Floor(passed) : Math.Floor(Math.Log(1 - passed * (1 - _longer)) / Math.Log(_longer));
        var before = _longer == 1 ? restarts : (1 - Math.Pow(_longer, restarts)) / (1 - _longer);
        var part = (passed - before) / Math.Pow(_longer, restarts);
        var wave = 0.5 * Math.Pow(mMul, restarts) * (1 + Math.Cos(Math.PI * part));
        return _initial * ((1 - alpha) * wave + alpha);
    }
}
