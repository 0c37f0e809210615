namespace Unroll.Layers;

/// <summary>
/// The mean of each window of steps, for each feature: (batch, time, features) becomes (batch, windows, features). Of a window
/// that reaches out of the sequence, as with padding <c>same</c>, the steps within it are counted alone.
/// </summary>
public sealed class AveragePooling1D : Layer
{
    private readonly Padding _padding;

    /// <summary>Makes the layer; the arguments are Keras'.</summary>
    /// <param name="poolSize">How many steps a window holds.</param>
    /// <param name="strides">How many steps lie from one window to the next. Default: poolSize.</param>
    /// <param name="padding"><c>valid</c>: windows within the sequence; <c>same</c>: the last windows may reach out of it.</param>
    /// <param name="inputShape">The shape of one sample, (time, features), where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">A number is not positive, or padding is unknown or causal.</exception>
    public AveragePooling1D(int poolSize = 2, int? strides = null, string padding = "valid", Shape? inputShape = null, string? name = null)
        : base(name, inputShape)
    {
        PoolSize = Arguments.Positive(poolSize, Name);
        Strides = Arguments.Positive(strides ?? poolSize, Name, nameof(strides));
        _padding = Layers.Padding.Named(padding);
        if (_padding.IsCausal)
            throw new ArgumentException($"{Name}: padding must be \"valid\" or \"same\", not \"causal\".");
        InputSpec = InputSpec.Sequence;
    }

    /// <summary>How many steps a window holds.</summary>
    public int PoolSize { get; }

    /// <summary>How many steps lie from one window to the next.</summary>
    public int Strides { get; }

    /// <summary><c>valid</c>, or <c>same</c> for zeros around the sequence.</summary>
    public string Padding => _padding.Name;

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        InputSpec.Check(this, inputShape, from: null);
        return _padding.Pooled(inputShape, PoolSize, Strides, Name);
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (before, _) = _padding.Around(input.Shape[1], PoolSize, Strides, dilation: 1, Name);
        return input.MeanOverWindows(ComputeOutputShape(input.Shape), PoolSize, Strides, before);
    }
}
