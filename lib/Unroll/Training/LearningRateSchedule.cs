using System.Numerics;

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

    internal static T Positive<T>(T value, string name)
        where T : INumber<T> =>
        value > T.Zero ? value : throw new ArgumentException(FormattableString.Invariant($"{name} must be positive but is {value}."));

    internal static T NotNegative<T>(T value, string name)
        where T : INumber<T> =>
        value >= T.Zero ? value : throw new ArgumentException(FormattableString.Invariant($"{name} must not be negative but is {value}."));
}

/// <summary>The same rate for all steps.</summary>
internal sealed class ConstantRate(double learningRate) : LearningRateSchedule
{
    private readonly double _rate = NotNegative(learningRate, nameof(learningRate));

    public override double At(int step) => _rate;
}
