namespace Unroll.Layers;

/// <summary>Puts a function on each element.</summary>
public sealed class Activation : Layer
{
    /// <summary>Makes the layer: <c>new Activation("relu")</c>.</summary>
    /// <param name="activation">The function.</param>
    /// <param name="inputShape">The shape of one sample, where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    public Activation(ActivationFunction activation, Shape? inputShape = null, string? name = null)
        : base(name, inputShape)
    {
        ArgumentNullException.ThrowIfNull(activation);
        Function = activation;
        SupportsMasking = true;
    }

    internal override string ShortName => "f";

    /// <summary>The function.</summary>
    public ActivationFunction Function { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        return inputShape;
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, bool training) => Function.Of(input);
}
