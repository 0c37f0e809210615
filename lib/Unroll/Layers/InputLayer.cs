namespace Unroll.Layers;

/// <summary>The layer of an <see cref="Input"/>: it hands its input on.</summary>
public sealed class InputLayer : Layer
{
    internal InputLayer(Shape batchShape, string? name)
        : base(name ?? Session.Current.UniqueInputName(), batchShape.From(1)) => BatchShape = batchShape;

    /// <summary>The shape of a batch: the batch axis and that of one sample.</summary>
    public Shape BatchShape { get; }

    internal override bool IsInput => true;

    internal override string ShortName => "x";

    internal override bool IsBoundToBatch => BatchShape.IsKnownAt(0);

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        return inputShape;
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, bool training) => input;
}
