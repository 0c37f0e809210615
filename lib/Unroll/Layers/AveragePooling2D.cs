namespace Unroll.Layers;

/// <summary>
/// The mean of each window of a picture, for each channel: (batch, rows, columns, channels) becomes
/// (batch, rows', columns', channels). Of a window that reaches out of the picture, as with padding <c>same</c>, the places
/// within it are counted alone.
/// </summary>
public sealed class AveragePooling2D : Layer
{
    private readonly Windows2D _windows;

    /// <summary>Makes the layer; the arguments are Keras'.</summary>
    /// <param name="poolSize">The height and width of a window: one number for both, or two. Default: 2.</param>
    /// <param name="strides">How far the next window lies, down and to the right. Default: poolSize.</param>
    /// <param name="padding"><c>valid</c>: windows within the picture; <c>same</c>: the last windows may reach out of it.</param>
    /// <param name="inputShape">The shape of one sample, (rows, columns, channels), where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">A number is not positive, or padding is unknown or causal.</exception>
    public AveragePooling2D(Pair? poolSize = null, Pair? strides = null, string padding = "valid", Shape? inputShape = null, string? name = null)
        : base(name, inputShape)
    {
        PoolSize = Arguments.Positive(poolSize ?? 2, Name, nameof(poolSize));
        Strides = Arguments.Positive(strides ?? PoolSize, Name, nameof(strides));
        _windows = new Windows2D(PoolSize, Strides, 1, Layers.Padding.OfPicture(padding, Name), Name, nameof(poolSize));
        InputSpec = InputSpec.Picture;
    }

    /// <summary>The height and width of a window.</summary>
    public Pair PoolSize { get; }

    /// <summary>How far the next window lies, down and to the right.</summary>
    public Pair Strides { get; }

    /// <summary><c>valid</c>, or <c>same</c> for windows that may reach out of the picture.</summary>
    public string Padding => _windows.Padding.Name;

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        InputSpec.Check(this, inputShape, from: null);
        return _windows.OutputShape(inputShape, inputShape.At(3));
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.MeanOverWindows(_windows.On(input.Shape));
    }
}
