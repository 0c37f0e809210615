using Unroll.Initializers;

namespace Unroll.Layers;

/// <summary>
/// Brings features to mean 0 and variance 1: <c>(x - mean) / max(√variance, 1e-7)</c>, with a mean and a variance for each place
/// along an axis, which <see cref="Adapt"/> finds in data. With invert, it goes the other way. Weights, neither of which is
/// trained: mean and variance.
/// </summary>
/// <example><code>
/// var scale = new Normalization();
/// scale.Adapt(x);          // (samples, …, features): a mean for each feature
/// model.Add(scale);
/// </code></example>
public sealed class Normalization : Layer
{
    private const float Least = 1e-7f;
    private Variable _mean = null!;
    private Variable _variance = null!;

    /// <summary>Makes the layer; the arguments are Keras'.</summary>
    /// <param name="axis">The axis along which each place has a mean of its own; null for one mean of all numbers.</param>
    /// <param name="mean">The means, where they are known: one number, or as many as the axis is long.</param>
    /// <param name="variance">The variances, where they are known.</param>
    /// <param name="invert">Whether normalized numbers become what they were.</param>
    /// <param name="inputShape">The shape of one sample, where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">Only one of mean and variance is given.</exception>
    public Normalization(
        int? axis = -1, Tensor? mean = null, Tensor? variance = null, bool invert = false, Shape? inputShape = null, string? name = null)
        : base(name, inputShape)
    {
        if (mean is null != variance is null)
            throw new ArgumentException($"{Name}: give mean and variance, or neither.");
        (Axis, Mean, Variance, Invert) = (axis, mean, variance, invert);
        SupportsMasking = true;
        InputSpec = new InputSpec(MinRank: 1, Axes: "batch, …, features");
    }

    /// <summary>The axis along which each place has a mean of its own; null for one mean of all numbers.</summary>
    public int? Axis { get; }

    /// <summary>The mean that was given; null where it is adapted to data.</summary>
    public Tensor? Mean { get; }

    /// <summary>The variance that was given; null where it is adapted to data.</summary>
    public Tensor? Variance { get; }

    /// <summary>Whether normalized numbers become what they were.</summary>
    public bool Invert { get; }

    /// <summary>Takes mean and variance from data.</summary>
    /// <param name="data">Of the shape that the layer will get, with all samples in the first axis.</param>
    /// <exception cref="ArgumentException">There are no numbers, or they have another shape than the layer was built for.</exception>
    public void Adapt(Tensor data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (Mean is not null)
            throw new InvalidOperationException($"{Name} was made with a mean and a variance, and takes none from data.");
        if (data.Size == 0)
            throw new ArgumentException($"{Name}: there are no numbers to adapt to: {data.Shape}.");
        EnsureBuilt([data.Shape], from: null);
        var rows = Axis is null ? data.Reshape(data.Size, 1) : data.MoveAxis(Place(data.Shape), -1).Reshape(-1, data.Shape[Place(data.Shape)]);
        if (rows.Shape[1] != _mean.Shape.Size)
            throw new ArgumentException($"{Name} has {_mean.Shape.Size} means, but the data have {rows.Shape[1]} features: {data.Shape}.");
        var mean = rows.Mean(0);
        _mean.Assign(mean.Reshape(_mean.Shape));
        _variance.Assign((rows - mean).Square().Mean(0).Reshape(_variance.Shape));
    }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        InputSpec.Check(this, inputShape, from: null);
        return inputShape;
    }

    /// <inheritdoc/>
    protected override void Build(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        Shape places = Axis is null ? Shape.Scalar : [inputShape[Place(inputShape)]];
        _mean = AddWeight("mean", places, new Zeros(), trainable: false);
        _variance = AddWeight("variance", places, new Ones(), trainable: false);
        if (Mean is not { } mean || Variance is not { } variance)
            return;
        foreach (var (given, what) in new[] { (mean, "mean"), (variance, "variance") })
        {
            if (given.Size != 1 && given.Shape != places)
                throw new ArgumentException($"{Name}: {what} has shape {given.Shape}, but the input {inputShape} asks for {places} or one number.");
        }

        _mean.Assign(mean.Reshape(mean.Size == 1 ? [] : places).BroadcastTo(places));
        _variance.Assign(variance.Reshape(variance.Size == 1 ? [] : places).BroadcastTo(places));
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        int[] axes = [.. Enumerable.Repeat(1, input.Rank)];
        if (Axis is not null)
            axes[Place(input.Shape)] = _mean.Shape[0];
        var mean = _mean.Value.Reshape(axes);
        var deviation = Tensor.Maximum(_variance.Value.Sqrt(), Least).Reshape(axes);
        return Invert ? mean + input * deviation : (input - mean) / deviation;
    }

    private int Place(Shape shape)
    {
        var place = Axis < 0 ? Axis.Value + shape.Rank : Axis!.Value;
        return place > 0 && place < shape.Rank ? place : throw new ArgumentException(
            $"{Name}: axis {Axis} of {shape} is not one of features; the first axis is the batch.");
    }
}
