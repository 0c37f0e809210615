namespace Unroll.Models;

/// <summary>Data to train or to test with: inputs, truth, and how much each sample counts.</summary>
/// <param name="X">The inputs, (samples, …) each.</param>
/// <param name="Y">The truth, one for each output.</param>
/// <param name="Weights">One tensor of weights for all outputs or one for each: (samples), or (samples, time); null for 1 each.</param>
internal sealed record Samples(Tensors X, Tensors Y, Tensors? Weights)
{
    /// <summary>How many there are.</summary>
    public int Count => X[0].Shape[0];

    /// <summary>The weights of an output.</summary>
    public Tensor? WeightsOf(int output) => Weights is null ? null : Weights[Weights.Count == 1 ? 0 : output];

    /// <summary>Some of them; <paramref name="order"/> says which come first.</summary>
    public Samples Part(int start, int count, int[]? order) => new(
        Batches.Part(X, start, count, order),
        Batches.Part(Y, start, count, order),
        Weights is null ? null : Batches.Part(Weights, start, count, order));

    /// <summary>The weights of samples that weights of classes stand for. Keras: <c>class_weight</c>.</summary>
    /// <exception cref="ArgumentException">There are several outputs, or the truth does not hold classes.</exception>
    public static Tensor OfClasses(Tensors y, IReadOnlyDictionary<int, double> classWeight, string model)
    {
        if (y.Count != 1)
            throw new ArgumentException($"{model}: classWeight is for models with one output, and this one has {y.Count}. Give sampleWeight instead.");
        var truth = y[0];
        if (truth.Rank > 2)
            throw new ArgumentException($"{model}: classWeight needs one class for each sample, but y has shape {truth.Shape}. Give sampleWeight instead.");
        var classes = truth.Rank == 2 && truth.Shape[1] > 1 ? truth.ArgMax() : truth;
        return Tensor.FromSpan([.. classes.ToArray().Select(value => (float)classWeight.GetValueOrDefault((int)value, 1))], classes.Size);
    }
}
