using System.Diagnostics.CodeAnalysis;

namespace Unroll.Training;

/// <summary>
/// A measure of how far predictions are from the truth, which training makes small. <c>Compile</c> takes one by name,
/// <c>"mse"</c>, or as an object; one of your own is <c>new Loss("name", (yTrue, yPred) =&gt; …)</c>.
/// </summary>
public class Loss
{
    private static readonly Dictionary<string, Func<Loss>> Known = new(StringComparer.Ordinal)
    {
        ["mse"] = () => new MeanSquaredError(),
        ["meanSquaredError"] = () => new MeanSquaredError(),
        ["mae"] = () => new MeanAbsoluteError(),
        ["meanAbsoluteError"] = () => new MeanAbsoluteError(),
        ["binaryCrossentropy"] = () => new BinaryCrossentropy(),
        ["categoricalCrossentropy"] = () => new CategoricalCrossentropy(),
    };

    private readonly Func<Tensor, Tensor, Tensor> _function;

    /// <summary>Makes a loss of a function of truth and prediction, written with tensor operations.</summary>
    /// <param name="name">The name that messages show.</param>
    /// <param name="function">Gives one number, or one for each sample, of which the mean is taken.</param>
    public Loss(string name, Func<Tensor, Tensor, Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(function);
        Name = name;
        _function = function;
    }

    /// <summary>The name that messages show.</summary>
    public string Name { get; }

    /// <summary>A loss by its name; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator Loss?(string? name) => name is null ? null : FromString(name);

    /// <summary>A loss by its name, with its default arguments.</summary>
    /// <exception cref="ArgumentException">There is none of this name; the nearest one is named.</exception>
    public static Loss FromString(string name) => NearestName.Find(Known, name, "loss")();

    /// <summary>
    /// The loss of a batch, one number with no axis. What the mask of the predictions passes over is left out, as in Keras 3.
    /// </summary>
    /// <exception cref="ArgumentException">Truth and prediction differ in shape.</exception>
    public Tensor Call(Tensor yTrue, Tensor yPred)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        CheckShapes(yTrue.Shape, yPred.Shape);
        var losses = _function(yTrue, yPred) ?? throw new InvalidOperationException($"{Name}: its function returned null; it must give a tensor.");
        return MaskedMean.Of(losses, yPred.Mask, Name);
    }

    internal void CheckShapes(Shape yTrue, Shape yPred)
    {
        if (yTrue != yPred)
            throw new ArgumentException($"{Name}: y has shape {yTrue} but the model gives {yPred}. Reshape y, or change the last layer.");
    }
}

/// <summary>The mean of (yTrue - yPred)².</summary>
public sealed class MeanSquaredError() : Loss("meanSquaredError", (yTrue, yPred) => (yPred - yTrue).Square());

/// <summary>The mean of |yTrue - yPred|.</summary>
public sealed class MeanAbsoluteError() : Loss("meanAbsoluteError", (yTrue, yPred) => (yPred - yTrue).Abs());

/// <summary>
/// The mean of -(y log p + (1 - y) log(1 - p)), for yes-or-no answers. Probabilities are held away from 0 and 1 by 1e-7, as
/// in Keras; with fromLogits the predictions are numbers before a sigmoid.
/// </summary>
public sealed class BinaryCrossentropy(bool fromLogits = false) : Loss(
    "binaryCrossentropy",
    fromLogits
        ? (yTrue, x) => x.Softplus() - x * yTrue
        : (yTrue, yPred) =>
        {
            var p = yPred.Clip(Epsilon, 1 - Epsilon);
            return -(yTrue * p.Log() + (1 - yTrue) * (1 - p).Log());
        })
{
    internal const float Epsilon = 1e-7f;

    internal bool FromLogits { get; } = fromLogits;
}

/// <summary>
/// The mean over samples of -Σ y log p along the last axis, for one class out of several, y one-hot. Predictions are made
/// to add up to 1 and held away from 0 and 1 by 1e-7, as in Keras; with fromLogits they are numbers before a softmax.
/// </summary>
public sealed class CategoricalCrossentropy(bool fromLogits = false)
    : Loss("categoricalCrossentropy", fromLogits ? OfLogits : OfProbabilities)
{
    internal bool FromLogits { get; } = fromLogits;

    private static Tensor OfLogits(Tensor yTrue, Tensor x)
    {
        var shifted = x - x.Max(-1, keepDims: true).StopGradient();
        return -(yTrue * (shifted - shifted.Exp().Sum(-1, keepDims: true).Log())).Sum(-1);
    }

    private static Tensor OfProbabilities(Tensor yTrue, Tensor yPred)
    {
        var p = yPred / yPred.Sum(-1, keepDims: true);
        return -(yTrue * p.Clip(BinaryCrossentropy.Epsilon, 1 - BinaryCrossentropy.Epsilon).Log()).Sum(-1);
    }
}
