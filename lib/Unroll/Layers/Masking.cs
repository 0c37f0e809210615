namespace Unroll.Layers;

/// <summary>
/// Masks the steps of a sequence all of whose features are one value: (batch, time, …, features) stays, with zeros in these
/// steps, and bears a mask (batch, time, …) of 0 for them. Recurrent layers after it pass these steps over.
/// </summary>
public sealed class Masking : Layer
{
    /// <summary>Makes the layer; the arguments are Keras'.</summary>
    /// <param name="maskValue">The value of every feature of a step that does not count.</param>
    /// <param name="inputShape">The shape of one sample, (time, features), where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    public Masking(double maskValue = 0, Shape? inputShape = null, string? name = null)
        : base(name, inputShape)
    {
        MaskValue = maskValue;
        InputSpec = new InputSpec(MinRank: 2, Axes: "batch, …, features");
    }

    /// <summary>The value of every feature of a step that does not count.</summary>
    public double MaskValue { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        InputSpec.Check(this, inputShape, from: null);
        return inputShape;
    }

    /// <summary>1 where some feature differs from <see cref="MaskValue"/>: the shape of the input without its last axis.</summary>
    protected override IReadOnlyList<Tensor?> ComputeMask(Tensors inputs, IReadOnlyList<Tensor?> previousMask)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return [Counts(inputs[0])];
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input * Counts(input).ExpandDims(-1);
    }

    /// <summary>Of a step that counts, one feature tells: most take one look.</summary>
    private Tensor Counts(Tensor input)
    {
        var (counts, features, value) = (Tensor.Zeros(input.Shape.Without(input.Rank - 1)), input.Shape[^1], (float)MaskValue);
        for (var step = 0; step < counts.Size; step++)
        {
            foreach (var feature in input.Values.Slice(step * features, features))
            {
                if (feature == value)
                    continue;
                counts.Values[step] = 1;
                break;
            }
        }

        return counts;
    }
}
