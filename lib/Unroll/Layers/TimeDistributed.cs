namespace Unroll.Layers;

/// <summary>
/// Applies one layer to every time step with the same weights: (batch, time, …) becomes (batch, time, …), where the layer
/// sees (batch, …).
/// </summary>
public sealed class TimeDistributed : Layer
{
    /// <summary>Wraps a layer: <c>new TimeDistributed(new Dense(8))</c>.</summary>
    /// <param name="layer">The layer for one step.</param>
    /// <param name="inputShape">The shape of one sample, (time, …), where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    public TimeDistributed(Layer layer, Shape? inputShape = null, string? name = null)
        : base(name, inputShape)
    {
        ArgumentNullException.ThrowIfNull(layer);
        Layer = Track(layer);
        InputSpec = new InputSpec(MinRank: 3, Axes: "batch, time, …");
    }

    /// <summary>The layer for one step.</summary>
    public Layer Layer { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        var step = Layer.ComputeOutputShape(inputShape.Without(1));
        return step.From(1).Prepend(inputShape.At(1)).Prepend(inputShape.At(0));
    }

    /// <inheritdoc/>
    protected override void Build(Shape inputShape) => Layer.EnsureBuilt([inputShape.Without(1)], from: null);

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        var (batch, time) = (input.Shape[0], input.Shape[1]);

        // All steps of all samples are one large batch.
        var steps = Layer.Apply(input.Reshape(input.Shape.From(2).Prepend(batch * time)), training);
        return steps.Reshape(steps.Shape.From(1).Prepend(time).Prepend(batch));
    }
}
