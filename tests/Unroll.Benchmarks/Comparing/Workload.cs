namespace Unroll.Benchmarks.Comparing;

/// <summary>Data and weights, in Keras' layout, that everyone who is compared gets alike.</summary>
internal sealed class Workload
{
    public Workload(NetworkShape shape)
    {
        var random = new RandomState(20_261_121);
        Shape = shape;
        Lengths = shape.Masked ? RandomLengths(random, shape) : null;
        X = shape.TakesWords
            ? random.RandInt(0, shape.Layers[0].Inputs, [shape.Batch, shape.Time])
            : random.Uniform(-1, 1, [shape.Batch, shape.Time, shape.Layers[0].Inputs]);
        if (Lengths is not null)
            X *= Tensor.Of([.. Lengths.Select(length => StepsBefore(length, shape.Time))]).ExpandDims(2);
        Y = random.Uniform(-1, 1, [shape.Batch, 1]);
        Weights = [.. shape.Layers.Select(layer => RandomWeights(random, layer))];
        var scale = 1 / Math.Sqrt(shape.Width);
        DenseKernel = random.Uniform(-scale, scale, [shape.Width, 1]);
        DenseBias = random.Uniform(-scale, scale, [1]);
    }

    public NetworkShape Shape { get; }

    /// <summary>(batch, time, inputs), with zeros where a sequence has ended; or words, (batch, time).</summary>
    public Tensor X { get; }

    /// <summary>How long each sequence is, where they differ.</summary>
    public IReadOnlyList<int>? Lengths { get; }

    /// <summary>(batch, 1).</summary>
    public Tensor Y { get; }

    /// <summary>Of each entry of the shape's layers.</summary>
    public IReadOnlyList<IReadOnlyList<Tensor>> Weights { get; }

    public Tensor DenseKernel { get; }

    public Tensor DenseBias { get; }

    private static Tensor[] RandomWeights(RandomState random, LayerShape layer)
    {
        // Weights of the size of trained ones: gates neither stuck at 0 or 1 nor all alike.
        var scale = layer.Kind == LayerKind.Embedding ? 1 : 1 / Math.Sqrt(layer.Units + layer.Inputs);
        return [.. layer.WeightShapes().Select(shape => random.Uniform(-scale, scale, shape))];
    }

    /// <summary>From a quarter of the time to the whole, which the first sequence has.</summary>
    private static int[] RandomLengths(RandomState random, NetworkShape shape) =>
        [shape.Time, .. Enumerable.Range(1, shape.Batch - 1).Select(_ => (int)random.RandInt(shape.Time / 4, shape.Time + 1))];

    private static float[] StepsBefore(int length, int time) => [.. Enumerable.Range(0, time).Select(step => step < length ? 1f : 0f)];
}
