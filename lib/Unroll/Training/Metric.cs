using System.Diagnostics.CodeAnalysis;

namespace Unroll.Training;

/// <summary>
/// A number reported beside the loss. <c>Compile</c> takes metrics by name, <c>metrics: ["accuracy"]</c>, or as objects; one
/// of your own is <c>new Metric("name", (yTrue, yPred) =&gt; …)</c>.
/// </summary>
/// <remarks>
/// A known name is Keras', also in camelCase, and History has the number under Keras' spelling of the name that was given:
/// <c>acc</c> for "acc", <c>mean_squared_error</c> for "meanSquaredError".
/// </remarks>
public sealed class Metric
{
    private static readonly Func<Tensor, Tensor, Tensor> SquaredError = (yTrue, yPred) => (yPred - yTrue).Square();
    private static readonly Func<Tensor, Tensor, Tensor> AbsoluteError = (yTrue, yPred) => (yPred - yTrue).Abs();
    private static readonly Func<Tensor, Tensor, Tensor> BinaryAccuracy = (yTrue, yPred) => Tensor.Equal(yTrue, Tensor.Greater(yPred, 0.5f));
    private static readonly Func<Tensor, Tensor, Tensor> CategoricalAccuracy = (yTrue, yPred) => Tensor.Equal(yTrue.ArgMax(), yPred.ArgMax());

    // Keras chooses by the last axis: one number is a yes or no, several are classes.
    private static readonly Func<Tensor, Tensor, Tensor> Accuracy = (yTrue, yPred) =>
        yTrue.Rank < 2 || yTrue.Shape[^1] == 1 ? BinaryAccuracy(yTrue, yPred) : CategoricalAccuracy(yTrue, yPred);

    private static readonly Dictionary<string, Metric> Known = new Metric[]
    {
        new("mse", SquaredError),
        new("mean_squared_error", SquaredError),
        new("mae", AbsoluteError),
        new("mean_absolute_error", AbsoluteError),
        new("accuracy", Accuracy),
        new("acc", Accuracy),
        new("binary_accuracy", BinaryAccuracy),
        new("categorical_accuracy", CategoricalAccuracy),
        new("binary_crossentropy", new BinaryCrossentropy().Call),
        new("categorical_crossentropy", new CategoricalCrossentropy().Call),
    }.ToDictionary(metric => metric.Name, StringComparer.Ordinal);

    private static readonly string[] Rising =
        ["acc", "accuracy", "precision", "recall", "auc", "cosine_similarity"];

    private readonly Func<Tensor, Tensor, Tensor> _function;

    /// <summary>Makes a metric of a function of truth and prediction.</summary>
    /// <param name="name">The name in History and in the progress bar.</param>
    /// <param name="function">Gives one number, or one for each sample, of which the mean is taken.</param>
    public Metric(string name, Func<Tensor, Tensor, Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(function);
        Name = name;
        _function = function;
    }

    /// <summary>The name in History and in the progress bar.</summary>
    public string Name { get; }

    /// <summary>A metric by its name; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator Metric?(string? name) => name is null ? null : FromString(name);

    /// <summary>A metric by its name.</summary>
    /// <exception cref="ArgumentException">There is none of this name; the nearest one is named.</exception>
    public static Metric FromString(string name) => NearestName.Find(Known, name, "metric");

    /// <summary>Whether a number of the logs, by its name, becomes better as it rises.</summary>
    /// <exception cref="ArgumentException">The name does not tell.</exception>
    internal static bool IsBetterWhenGreater(string name)
    {
        bool Ends(string known) => name == known || name.EndsWith($"_{known}", StringComparison.Ordinal);
        if (Array.Exists(Rising, Ends))
            return true;
        return Ends("loss") || Known.Keys.Any(Ends) ? false : throw new ArgumentException(
            $"Whether \"{name}\" is better when it rises or when it falls is not known by its name. Give the mode, \"max\" or \"min\".");
    }

    /// <summary>The metric of a batch. What the mask of the predictions passes over is left out.</summary>
    public float Call(Tensor yTrue, Tensor yPred)
    {
        ArgumentNullException.ThrowIfNull(yTrue);
        ArgumentNullException.ThrowIfNull(yPred);
        return MaskedMean.Of(_function(yTrue, yPred), yPred.Mask, Name).Item();
    }
}
