namespace Unroll.Training;

/// <summary>
/// The mean of -(y log p + (1 - y) log(1 - p)), for yes-or-no answers. Probabilities are held away from 0 and 1 by 1e-7, as
/// in Keras; with fromLogits the predictions are numbers before a sigmoid. Smoothing moves y towards one half:
/// <c>y (1 - labelSmoothing) + labelSmoothing / 2</c>.
/// </summary>
public sealed class BinaryCrossentropy(bool fromLogits = false, double labelSmoothing = 0) : Loss(
    "binaryCrossentropy",
    (yTrue, yPred) => Of(Smoothing.Of(yTrue, labelSmoothing, 2), yPred, fromLogits))
{
    internal const float Epsilon = 1e-7f;

    /// <summary>Whether predictions are logits, not probabilities.</summary>
    public bool FromLogits { get; } = fromLogits;

    /// <summary>How far truths are drawn towards the middle.</summary>
    public double LabelSmoothing { get; } = Smoothing.Checked(labelSmoothing);

    private static Tensor Of(Tensor y, Tensor yPred, bool fromLogits)
    {
        if (fromLogits)
            return yPred.Softplus() - yPred * y;
        var p = yPred.Clip(Epsilon, 1 - Epsilon);
        return -(y * p.Log() + (1 - y) * (1 - p).Log());
    }
}

/// <summary>
/// The mean over samples of -Σ y log p along the last axis, for one class out of several, y one-hot. Predictions are made
/// to add up to 1 and held away from 0 and 1 by 1e-7, as in Keras; with fromLogits they are numbers before a softmax.
/// Smoothing moves y towards equal shares: <c>y (1 - labelSmoothing) + labelSmoothing / classes</c>.
/// </summary>
public sealed class CategoricalCrossentropy(bool fromLogits = false, double labelSmoothing = 0) : Loss(
    "categoricalCrossentropy",
    (yTrue, yPred) => Of(Smoothing.Of(yTrue, labelSmoothing, yTrue.Shape[^1]), yPred, fromLogits))
{
    /// <summary>Whether predictions are logits, not probabilities.</summary>
    public bool FromLogits { get; } = fromLogits;

    /// <summary>How far truths are drawn towards equal shares.</summary>
    public double LabelSmoothing { get; } = Smoothing.Checked(labelSmoothing);

    internal static Tensor Of(Tensor y, Tensor yPred, bool fromLogits) =>
        -(y * (fromLogits ? LogSoftmax(yPred) : LogOfShares(yPred))).Sum(-1);

    private static Tensor LogSoftmax(Tensor x)
    {
        var shifted = x - x.Max(-1, keepDims: true).StopGradient();
        return shifted - shifted.Exp().Sum(-1, keepDims: true).Log();
    }

    private static Tensor LogOfShares(Tensor yPred)
    {
        var p = yPred / yPred.Sum(-1, keepDims: true);
        return p.Clip(BinaryCrossentropy.Epsilon, 1 - BinaryCrossentropy.Epsilon).Log();
    }
}

/// <summary>
/// <see cref="CategoricalCrossentropy"/> for classes given by number: y holds 0, 1, 2, …, of shape (batch) or (batch, 1) where
/// the model gives (batch, classes), and (batch, time) where it gives (batch, time, classes).
/// </summary>
/// <param name="fromLogits">Whether the predictions are numbers before a softmax.</param>
/// <param name="ignoreClass">A label that is left out, such as -1 for padding, or null.</param>
public sealed class SparseCategoricalCrossentropy(bool fromLogits = false, int? ignoreClass = null)
    : Loss(ItsName, (yTrue, yPred) => Of(Labels.Of(yTrue, yPred), yPred, fromLogits, ignoreClass))
{
    private const string ItsName = "sparseCategoricalCrossentropy";

    /// <summary>Whether predictions are logits, not probabilities.</summary>
    public bool FromLogits { get; } = fromLogits;

    /// <summary>The class that costs nothing, or null.</summary>
    public int? IgnoreClass { get; } = ignoreClass;

    internal static Tensor Of(Tensor labels, Tensor yPred, bool fromLogits, int? ignored)
    {
        var losses = CategoricalCrossentropy.Of(Labels.OneHot(labels, yPred.Shape[^1], ItsName, ignored), yPred, fromLogits);
        return ignored is { } label ? losses.WithMask(1 - Tensor.Equal(labels, label)) : losses;
    }

    internal override void CheckShapes(Shape yTrue, Shape yPred)
    {
        if (yPred.Rank == 0 || !Labels.AreFor(yTrue, yPred) || Enumerable.Range(0, yPred.Rank - 1).Any(axis => !Fits(yTrue, yPred, axis)))
        {
            throw new ArgumentException(
                $"{Name}: y has shape {yTrue} but the model gives {yPred}. y holds a class by its number for each row of classes; " +
                "for one-hot rows use categoricalCrossentropy.");
        }
    }

    private static bool Fits(Shape yTrue, Shape yPred, int axis) =>
        !yTrue.IsKnownAt(axis) || !yPred.IsKnownAt(axis) || yTrue[axis] == yPred[axis];
}

/// <summary>Truths that are a little less sure of themselves.</summary>
internal static class Smoothing
{
    public static Tensor Of(Tensor yTrue, double smoothing, int classes) =>
        smoothing == 0 ? yTrue : yTrue * (float)(1 - smoothing) + (float)(smoothing / classes);

    public static double Checked(double smoothing) => smoothing is >= 0 and <= 1
        ? smoothing
        : throw new ArgumentException(FormattableString.Invariant($"labelSmoothing must be between 0 and 1 but is {smoothing}."));
}
