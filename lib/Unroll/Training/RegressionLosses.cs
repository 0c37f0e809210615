namespace Unroll.Training;

/// <summary>The mean of (yTrue - yPred)².</summary>
public sealed class MeanSquaredError() : Loss("meanSquaredError", (yTrue, yPred) => (yPred - yTrue).Square());

/// <summary>The mean of |yTrue - yPred|.</summary>
public sealed class MeanAbsoluteError() : Loss("meanAbsoluteError", (yTrue, yPred) => (yPred - yTrue).Abs());

/// <summary>100 times the mean of |yTrue - yPred| / |yTrue|, with at least 1e-7 below the line.</summary>
public sealed class MeanAbsolutePercentageError() : Loss(
    "meanAbsolutePercentageError",
    (yTrue, yPred) => 100 * ((yTrue - yPred) / Tensor.Maximum(yTrue.Abs(), BinaryCrossentropy.Epsilon)).Abs());

/// <summary>The mean of (log(1 + yTrue) - log(1 + yPred))², each held at 1e-7 or above.</summary>
public sealed class MeanSquaredLogarithmicError() : Loss("meanSquaredLogarithmicError", (yTrue, yPred) => (Log(yPred) - Log(yTrue)).Square())
{
    private static Tensor Log(Tensor values) => (Tensor.Maximum(values, BinaryCrossentropy.Epsilon) + 1).Log();
}

/// <summary>The mean of e² / 2 where the error e is at most <c>delta</c>, and of delta · |e| - delta² / 2 beyond (Huber, 1964).</summary>
public sealed class Huber(double delta = 1) : Loss("huber", (yTrue, yPred) =>
{
    var error = (yPred - yTrue).Abs();
    var near = Tensor.Minimum(error, (float)delta);
    return near * (error - 0.5f * near);
})
{
    /// <summary>The error up to which its square counts.</summary>
    public double Delta { get; } = delta;
}

/// <summary>The mean of log(cosh(yPred - yTrue)): like e² / 2 for small errors, like |e| - log 2 for large ones.</summary>
public sealed class LogCosh() : Loss("logCosh", (yTrue, yPred) =>
{
    var error = yPred - yTrue;
    return error + (-2 * error).Softplus() - MathF.Log(2);
});

/// <summary>The mean over samples of Σ y log(y / p) along the last axis, both held between 1e-7 and 1.</summary>
public sealed class KLDivergence() : Loss("klDivergence", (yTrue, yPred) =>
{
    var (y, p) = (yTrue.Clip(BinaryCrossentropy.Epsilon, 1), yPred.Clip(BinaryCrossentropy.Epsilon, 1));
    return (y * (y / p).Log()).Sum(-1);
});

/// <summary>The mean of p - y log(p + 1e-7), for counts.</summary>
public sealed class Poisson() : Loss("poisson", (yTrue, yPred) => yPred - yTrue * (yPred + BinaryCrossentropy.Epsilon).Log());

/// <summary>
/// The mean over samples of -Σ y p / (‖y‖ ‖p‖) along an axis: -1 where truth and prediction point the same way.
/// </summary>
public sealed class CosineSimilarity(int axis = -1) : Loss("cosineSimilarity", (yTrue, yPred) => -Of(yTrue, yPred, axis))
{
    private const float Least = 1e-14f;

    /// <summary>The axis of the directions.</summary>
    public int Axis { get; } = axis;

    internal static Tensor Of(Tensor yTrue, Tensor yPred, int axis) => (Direction(yTrue, axis) * Direction(yPred, axis)).Sum(axis);

    private static Tensor Direction(Tensor values, int axis) =>
        values / Tensor.Maximum(values.Square().Sum(axis, keepDims: true), Least).Sqrt();
}
