namespace Unroll.Training;

/// <summary>
/// A number reported beside the loss. <c>Compile</c> takes metrics by name, <c>metrics: ["accuracy"]</c>, or as objects; one
/// of your own is <c>new Metric("name", (yTrue, yPred) =&gt; …)</c>.
/// </summary>
/// <param name="name">The name in History and in the progress bar.</param>
/// <param name="function">Gives one number, or one for each sample, of which the mean is taken.</param>
public sealed class Metric(string name, Func<Tensor, Tensor, Tensor> function)
{
    private static readonly Dictionary<string, Metric> Known = new Metric[]
    {
        new("mse", (yTrue, yPred) => (yPred - yTrue).Square()),
        new("mae", (yTrue, yPred) => (yPred - yTrue).Abs()),

        // Keras chooses by the last axis: one number is a yes or no, several are classes.
        new("accuracy", (yTrue, yPred) => yTrue.Shape[^1] == 1
            ? Tensor.Equal(yTrue, Tensor.Greater(yPred, 0.5f))
            : Tensor.Equal(yTrue.ArgMax(), yPred.ArgMax())),
    }.ToDictionary(metric => metric.Name, StringComparer.Ordinal);

    /// <summary>The name in History and in the progress bar.</summary>
    public string Name { get; } = name;

    /// <summary>A metric by its name.</summary>
    public static implicit operator Metric(string name) => FromString(name);

    /// <summary>A metric by its name.</summary>
    /// <exception cref="ArgumentException">There is none of this name; the nearest one is named.</exception>
    public static Metric FromString(string name) => NearestName.Find(Known, name, "metric");

    /// <summary>The metric of a batch.</summary>
    public float Call(Tensor yTrue, Tensor yPred) => function(yTrue, yPred).Mean().Item();
}
