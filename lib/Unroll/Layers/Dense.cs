using Unroll.Constraints;
using Unroll.Initializers;
using Unroll.Regularizers;

namespace Unroll.Layers;

/// <summary>
/// A fully connected layer on the last axis: <c>activation(x · kernel + bias)</c>; (batch, …, features) becomes
/// (batch, …, units). Weights: kernel (features, units), bias (units,).
/// </summary>
public sealed class Dense : KernelLayer
{
    private Variable _kernel = null!;
    private Variable? _bias;

    /// <summary>Makes the layer; the arguments are Keras'.</summary>
    /// <param name="units">The length of the last axis of the output.</param>
    /// <param name="activation">The function on the result. Default: none.</param>
    /// <param name="useBias">Whether there is a bias.</param>
    /// <param name="kernelInitializer">For the kernel. Default: glorotUniform.</param>
    /// <param name="biasInitializer">For the bias. Default: zeros.</param>
    /// <param name="kernelRegularizer">What the kernel costs. Default: nothing.</param>
    /// <param name="biasRegularizer">What the bias costs. Default: nothing.</param>
    /// <param name="activityRegularizer">What the output costs. Default: nothing.</param>
    /// <param name="kernelConstraint">What the kernel keeps to. Default: nothing.</param>
    /// <param name="biasConstraint">What the bias keeps to. Default: nothing.</param>
    /// <param name="inputShape">The shape of one sample, where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">units is not positive.</exception>
    public Dense(
        int units,
        ActivationFunction? activation = null,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? biasConstraint = null,
        Shape? inputShape = null,
        string? name = null)
        : base(
            useBias,
            new(kernelInitializer ?? new GlorotUniform(), kernelRegularizer, kernelConstraint),
            new(biasInitializer ?? new Zeros(), biasRegularizer, biasConstraint),
            inputShape,
            name)
    {
        Units = Arguments.Positive(units, Name);
        Activation = activation ?? ActivationFunction.Linear;
        ActivityRegularizer = activityRegularizer;
        SupportsMasking = true;
        InputSpec = new InputSpec(MinRank: 2, Axes: "batch, …, features", NeedsFeatures: true);
    }

    /// <summary>The length of the last axis of the output.</summary>
    public int Units { get; }

    /// <summary>The function on the result.</summary>
    public ActivationFunction Activation { get; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        InputSpec.Check(this, inputShape, from: null);
        return inputShape.With(inputShape.Rank - 1, Units);
    }

    internal override DirectStep? NewDirectStep(Shape input, bool wantsInputGradient) =>
        ActivityRegularizer is null && DirectDense.Knows(Activation) && !Weights.Any(weight => weight.Regularizer is not null)
            ? new DirectDense(_kernel, _bias, Activation.Name, input, wantsInputGradient)
            : null;

    /// <inheritdoc/>
    protected override void Build(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        var features = inputShape[^1];
        _kernel = AddRuled("kernel", [features, Units], KernelRule);
        if (UseBias)
            _bias = AddRuled("bias", [Units], BiasRule);
        InputSpec = InputSpec with { Features = features };
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Activation.Of(input.Affine(_kernel, _bias));
    }
}
