namespace Unroll.Training;

/// <summary>How often an answer is right: 1 or 0 for each sample.</summary>
internal static class Accuracies
{
    /// <summary>Keras chooses by the shapes: one number is a yes or no; of several classes, y holds numbers or one-hot rows.</summary>
    public static Tensor Of(Tensor yTrue, Tensor yPred) =>
        Labels.AreFor(yTrue.Shape, yPred.Shape) ? Sparse(yTrue, yPred)
        : yPred.Rank < 2 || yPred.Shape[^1] == 1 ? Binary(yTrue, yPred, 0.5)
        : Categorical(yTrue, yPred);

    public static Tensor Binary(Tensor yTrue, Tensor yPred, double threshold) => Tensor.Equal(yTrue, Tensor.Greater(yPred, (float)threshold));

    public static Tensor Categorical(Tensor yTrue, Tensor yPred) => Tensor.Equal(yTrue.ArgMax(), yPred.ArgMax());

    public static Tensor Sparse(Tensor yTrue, Tensor yPred) => Tensor.Equal(Labels.Of(yTrue, yPred), yPred.ArgMax());

    /// <summary>Whether fewer than k classes got more than the right one.</summary>
    public static Tensor TopK(Tensor labels, Tensor yPred, int k)
    {
        var classes = yPred.Shape[^1];
        var result = Tensor.Zeros(labels.Shape);
        for (var row = 0; row < labels.Size; row++)
        {
            var scores = yPred.Values.Slice(row * classes, classes);
            var label = labels.Values[row];
            if (!(label >= 0 && label < classes))
                continue;
            var right = scores[(int)label];
            var above = 0;
            foreach (var score in scores)
                above += score > right ? 1 : 0;
            result.Values[row] = float.IsFinite(right) && above < k ? 1 : 0;
        }

        return result;
    }
}

/// <summary>How often a probability is on the right side of a threshold.</summary>
public sealed class BinaryAccuracy : Metric
{
    /// <summary>Makes the metric; the arguments are Keras'.</summary>
    public BinaryAccuracy(string name = "binary_accuracy", double threshold = 0.5)
        : base(name, (yTrue, yPred) => Accuracies.Binary(yTrue, yPred, threshold)) => (IsBetterGreater, Threshold) = (true, threshold);

    /// <summary>Above which number a prediction means yes.</summary>
    public double Threshold { get; }
}

/// <summary>How often the right class, one-hot in y, is among the k with the greatest numbers.</summary>
public sealed class TopKCategoricalAccuracy : Metric
{
    /// <summary>Makes the metric; the arguments are Keras'.</summary>
    public TopKCategoricalAccuracy(int k = 5, string name = "top_k_categorical_accuracy")
        : base(name, (yTrue, yPred) => Accuracies.TopK(yTrue.ArgMax(), yPred, k)) => (IsBetterGreater, K) = (true, k);

    /// <summary>Among how many the right class may be.</summary>
    public int K { get; }
}

/// <summary>How often the right class, in y by its number, is among the k with the greatest numbers.</summary>
public sealed class SparseTopKCategoricalAccuracy : Metric
{
    /// <summary>Makes the metric; the arguments are Keras'.</summary>
    public SparseTopKCategoricalAccuracy(int k = 5, string name = "sparse_top_k_categorical_accuracy")
        : base(name, (yTrue, yPred) => Accuracies.TopK(Labels.Of(yTrue, yPred), yPred, k)) => (IsBetterGreater, K) = (true, k);

    /// <summary>Among how many the right class may be.</summary>
    public int K { get; }
}

/// <summary>The root of the mean of (yTrue - yPred)² over all samples, not the mean of the batches' roots.</summary>
public sealed class RootMeanSquaredError : Metric
{
    /// <summary>Makes the metric; the argument is Keras'.</summary>
    public RootMeanSquaredError(string name = "root_mean_squared_error")
        : base(name, (yTrue, yPred) => (yPred - yTrue).Square()) => IsBetterGreater = false;

    /// <inheritdoc/>
    public override float Result() => MathF.Sqrt(base.Result());
}
