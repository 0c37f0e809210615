namespace Unroll.Layers;

/// <summary>
/// Zeros around a picture: (batch, rows, columns, channels) becomes (batch, above + rows + below, left + columns + right,
/// channels).
/// </summary>
public sealed class ZeroPadding2D : Layer
{
    /// <summary>Makes the layer; the arguments are Keras'.</summary>
    /// <param name="padding">
    /// How many rows and columns: one number for all sides, <c>(rows, columns)</c>, or <c>((above, below), (left, right))</c>.
    /// Default: 1.
    /// </param>
    /// <param name="inputShape">The shape of one sample, (rows, columns, channels), where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">A number is negative.</exception>
    public ZeroPadding2D(Margins? padding = null, Shape? inputShape = null, string? name = null)
        : base(name, inputShape)
    {
        Padding = padding ?? 1;
        Arguments.NotNegative(Padding.Rows, Name, nameof(padding));
        Arguments.NotNegative(Padding.Columns, Name, nameof(padding));
        InputSpec = InputSpec.Picture;
    }

    /// <summary>How many rows above and below, and how many columns on the left and on the right.</summary>
    public Margins Padding { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        InputSpec.Check(this, inputShape, from: null);
        return inputShape.With(1, Padded(inputShape.At(1), Padding.Rows)).With(2, Padded(inputShape.At(2), Padding.Columns));
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Pad(1, Padding.Rows.First, Padding.Rows.Second).Pad(2, Padding.Columns.First, Padding.Columns.Second);
    }

    private int? Padded(int? length, Pair sides) => length is { } known
        ? Arguments.Length((long)known + sides.First + sides.Second, Name, "an axis of the padded picture")
        : null;
}
