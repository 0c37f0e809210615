using System.Diagnostics.CodeAnalysis;

namespace Unroll.Training;

/// <summary>
/// What training makes small. <c>Compile</c> takes one by name, <c>"mse"</c>, or as an object; one of your own is
/// <c>new Loss("name", (yTrue, yPred) =&gt; …)</c>.
/// </summary>
public class Loss
{
    private static readonly Dictionary<string, Func<Loss>> Known = new(StringComparer.Ordinal)
    {
        ["mse"] = () => new MeanSquaredError(),
        ["meanSquaredError"] = () => new MeanSquaredError(),
        ["mae"] = () => new MeanAbsoluteError(),
        ["meanAbsoluteError"] = () => new MeanAbsoluteError(),
        ["mape"] = () => new MeanAbsolutePercentageError(),
        ["meanAbsolutePercentageError"] = () => new MeanAbsolutePercentageError(),
        ["msle"] = () => new MeanSquaredLogarithmicError(),
        ["meanSquaredLogarithmicError"] = () => new MeanSquaredLogarithmicError(),
        ["bce"] = () => new BinaryCrossentropy(),
        ["binaryCrossentropy"] = () => new BinaryCrossentropy(),
        ["categoricalCrossentropy"] = () => new CategoricalCrossentropy(),
        ["sparseCategoricalCrossentropy"] = () => new SparseCategoricalCrossentropy(),
        ["huber"] = () => new Huber(),
        ["logCosh"] = () => new LogCosh(),
        ["kld"] = () => new KLDivergence(),
        ["klDivergence"] = () => new KLDivergence(),
        ["kullbackLeiblerDivergence"] = () => new KLDivergence(),
        ["poisson"] = () => new Poisson(),
        ["cosineSimilarity"] = () => new CosineSimilarity(),
        ["hinge"] = () => new Hinge(),
        ["squaredHinge"] = () => new SquaredHinge(),
        ["categoricalHinge"] = () => new CategoricalHinge(),
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
    /// <param name="yTrue">The truth.</param>
    /// <param name="yPred">The predictions.</param>
    /// <param name="sampleWeight">How much each sample, (batch), or each step, (batch, time), counts; null for 1 each. The
    /// weighted losses are summed and divided by how many there are, not by the sum of the weights.</param>
    /// <exception cref="ArgumentException">Truth, prediction and weights do not fit each other.</exception>
    public Tensor Call(Tensor yTrue, Tensor yPred, Tensor? sampleWeight = null)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        CheckShapes(yTrue.Shape, yPred.Shape);
        var losses = _function(yTrue, yPred) ?? throw new InvalidOperationException($"{Name}: its function returned null; it must give a tensor.");
        return WeightedMean.Of(losses, Both(yPred.Mask, losses.Mask), sampleWeight, Name);
    }

    /// <summary>The values before their mean is taken.</summary>
    internal Tensor Values(Tensor yTrue, Tensor yPred)
    {
        CheckShapes(yTrue.Shape, yPred.Shape);
        return _function(yTrue, yPred);
    }

    /// <summary>Checks that the truth fits the predictions. Default: they have the same shape.</summary>
    /// <exception cref="ArgumentException">It does not.</exception>
    internal virtual void CheckShapes(Shape yTrue, Shape yPred)
    {
        if (yTrue != yPred)
            throw new ArgumentException($"{Name}: y has shape {yTrue} but the model gives {yPred}. Reshape y, or change the last layer.");
    }

    /// <summary>What counts for the predictions, and for the function as well.</summary>
    private static Tensor? Both(Tensor? mask, Tensor? other) => mask is null ? other : other is null ? mask : mask * other;
}
