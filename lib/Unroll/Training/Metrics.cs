namespace Unroll.Training;

/// <summary>The metrics that are known by name.</summary>
internal static class Metrics
{
    /// <summary>By Keras' names; each call gives an object of its own.</summary>
    public static readonly IReadOnlyDictionary<string, Func<Metric>> Known = new[]
    {
        Falling("mse", (yTrue, yPred) => (yPred - yTrue).Square()),
        Falling("mean_squared_error", (yTrue, yPred) => (yPred - yTrue).Square()),
        Falling("mae", (yTrue, yPred) => (yPred - yTrue).Abs()),
        Falling("mean_absolute_error", (yTrue, yPred) => (yPred - yTrue).Abs()),
        OfLoss("mape", new MeanAbsolutePercentageError()),
        OfLoss("mean_absolute_percentage_error", new MeanAbsolutePercentageError()),
        OfLoss("msle", new MeanSquaredLogarithmicError()),
        OfLoss("mean_squared_logarithmic_error", new MeanSquaredLogarithmicError()),
        () => new RootMeanSquaredError(),
        Rising("accuracy", Accuracies.Of),
        Rising("acc", Accuracies.Of),
        () => new BinaryAccuracy(),
        Rising("categorical_accuracy", Accuracies.Categorical),
        Rising("sparse_categorical_accuracy", Accuracies.Sparse),
        () => new TopKCategoricalAccuracy(),
        () => new SparseTopKCategoricalAccuracy(),
        OfLoss("bce", new BinaryCrossentropy()),
        OfLoss("binary_crossentropy", new BinaryCrossentropy()),
        OfLoss("categorical_crossentropy", new CategoricalCrossentropy()),
        OfLoss("sparse_categorical_crossentropy", new SparseCategoricalCrossentropy()),
        OfLoss("logcosh", new LogCosh()),
        OfLoss("kld", new KLDivergence()),
        OfLoss("kl_divergence", new KLDivergence()),
        OfLoss("poisson", new Poisson()),
        OfLoss("hinge", new Hinge()),
        OfLoss("squared_hinge", new SquaredHinge()),
        OfLoss("categorical_hinge", new CategoricalHinge()),
        Rising("cosine_similarity", (yTrue, yPred) => CosineSimilarity.Of(yTrue, yPred, -1)),
        () => new Precision(),
        () => new Recall(),
        () => new AUC(),
    }.ToDictionary(make => make().Name, StringComparer.Ordinal);

    /// <summary>Whether a number of the logs becomes better as it rises, by its name.</summary>
    /// <param name="name">Such as <c>val_accuracy</c> or <c>dense_loss</c>.</param>
    /// <param name="compiled">The metrics of the model.</param>
    /// <exception cref="ArgumentException">The name does not tell.</exception>
    public static bool IsBetterGreater(string name, IEnumerable<Metric> compiled)
    {
        bool Ends(string known) => name == known || name.EndsWith($"_{known}", StringComparison.Ordinal);
        if (Ends("loss"))
            return false;
        var metrics = compiled.Concat(Known.Values.Select(make => make())).Where(metric => Ends(metric.Name)).MaxBy(metric => metric.Name.Length);
        return metrics?.IsBetterGreater ?? throw new ArgumentException(
            $"Whether \"{name}\" is better when it rises or when it falls is not known by its name. Give the mode, \"max\" or \"min\".");
    }

    private static Func<Metric> Rising(string name, Func<Tensor, Tensor, Tensor> function) => () => new Metric(name, function) { IsBetterGreater = true };

    private static Func<Metric> Falling(string name, Func<Tensor, Tensor, Tensor> function) => () => new Metric(name, function) { IsBetterGreater = false };

    private static Func<Metric> OfLoss(string name, Loss loss) => Falling(name, loss.Values);
}
