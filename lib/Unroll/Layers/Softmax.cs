namespace Unroll.Layers;

/// <summary>
/// exp(x) / Σ exp(x) along an axis. With a mask, of the shape of the input or one that can be widened to it, elements that
/// the mask passes over become 0, and the others share the 1 among them.
/// </summary>
public sealed class Softmax : Layer
{
    /// <summary>As far below as Keras puts what a mask passes over.</summary>
    private const double Masked = -1e9;

    /// <summary>Makes the layer; the argument is Keras', of which axis is one number here.</summary>
    /// <param name="axis">The axis along which the results add up to 1; a negative one counts from the end.</param>
    /// <param name="inputShape">The shape of one sample, where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    public Softmax(int axis = -1, Shape? inputShape = null, string? name = null)
        : base(name, inputShape)
    {
        Axis = axis;
        SupportsMasking = true;
    }

    /// <summary>The axis along which the results add up to 1.</summary>
    public int Axis { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        var place = Axis < 0 ? Axis + inputShape.Rank : Axis;
        return place >= 0 && place < inputShape.Rank
            ? inputShape
            : throw new ArgumentException($"{Name}: {inputShape} has no axis {Axis} to go along.");
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        ComputeOutputShape(input.Shape);
        if (input.Mask is not { } mask)
            return input.Softmax(Axis);
        CheckMask(mask.Shape, input.Shape);
        return Tensor.Where(mask, Tensor.Where(mask, input, Masked).Softmax(Axis), 0);
    }

    /// <summary>A mask of steps says nothing of features: Keras refuses it too.</summary>
    private void CheckMask(Shape mask, Shape input)
    {
        var fits = mask.Rank <= input.Rank && Enumerable.Range(1, mask.Rank).All(i => mask[^i] == 1 || mask[^i] == input[^i]);
        if (!fits)
        {
            throw new ArgumentException(
                $"{Name}: a mask of shape {mask} does not fit the input {input}: Softmax takes masked elements out of the sum. " +
                "Use activation: \"softmax\", which leaves masks to later layers.");
        }
    }
}
