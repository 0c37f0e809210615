namespace Unroll.Benchmarks.Comparing;

/// <summary>Data and weights, in Keras' layout, that everyone who is compared gets alike.</summary>
internal sealed class Workload
{
    public Workload(LstmShape shape)
    {
        var random = new RandomState(20_261_121);
        // Weights of the size of trained ones: gates neither stuck at 0 or 1 nor all alike.
        var scale = 1 / Math.Sqrt(shape.Units + shape.Inputs);
        Shape = shape;
        X = random.Uniform(-1, 1, [shape.Batch, shape.Time, shape.Inputs]);
        Y = random.Uniform(-1, 1, [shape.Batch, 1]);
        Kernel = random.Uniform(-scale, scale, [shape.Inputs, 4 * shape.Units]);
        Recurrent = random.Uniform(-scale, scale, [shape.Units, 4 * shape.Units]);
        Bias = random.Uniform(-scale, scale, [4 * shape.Units]);
        DenseKernel = random.Uniform(-scale, scale, [shape.Units, 1]);
        DenseBias = random.Uniform(-scale, scale, [1]);
    }

    public LstmShape Shape { get; }

    /// <summary>(batch, time, inputs).</summary>
    public Tensor X { get; }

    /// <summary>(batch, 1).</summary>
    public Tensor Y { get; }

    public Tensor Kernel { get; }

    public Tensor Recurrent { get; }

    public Tensor Bias { get; }

    public Tensor DenseKernel { get; }

    public Tensor DenseBias { get; }
}
