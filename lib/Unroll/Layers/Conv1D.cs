using Unroll.Constraints;
using Unroll.Initializers;
using Unroll.Regularizers;

namespace Unroll.Layers;

/// <summary>
/// Slides filters along time: (batch, time, features) becomes (batch, windows, filters), each output the product of a
/// window of steps with the kernel. Weights: kernel (kernelSize, features, filters), bias (filters,).
/// </summary>
public sealed class Conv1D : KernelLayer
{
    private readonly Convolution _convolution;
    private Variable _kernel = null!;
    private Variable? _bias;

    /// <summary>Makes the layer; the arguments are Keras'.</summary>
    /// <param name="filters">The length of the last axis of the output.</param>
    /// <param name="kernelSize">How many steps a window holds.</param>
    /// <param name="strides">How many steps lie from one window to the next.</param>
    /// <param name="padding">
    /// <c>valid</c>: windows within the sequence; <c>same</c>: zeros around it, so that with strides 1 the length stays;
    /// <c>causal</c>: zeros before it, so that no window sees a later step.
    /// </param>
    /// <param name="dilationRate">How many steps lie from one place of a window to the next.</param>
    /// <param name="activation">The function on the result. Default: none.</param>
    /// <param name="useBias">Whether there is a bias.</param>
    /// <param name="kernelInitializer">For the kernel. Default: glorotUniform.</param>
    /// <param name="biasInitializer">For the bias. Default: zeros.</param>
    /// <param name="kernelRegularizer">What the kernel costs. Default: nothing.</param>
    /// <param name="biasRegularizer">What the bias costs. Default: nothing.</param>
    /// <param name="activityRegularizer">What the output costs. Default: nothing.</param>
    /// <param name="kernelConstraint">What the kernel keeps to. Default: nothing.</param>
    /// <param name="biasConstraint">What the bias keeps to. Default: nothing.</param>
    /// <param name="inputShape">The shape of one sample, (time, features), where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">A number is not positive, or padding is unknown.</exception>
    /// <exception cref="NotSupportedException">strides and dilationRate are both above 1, as in Keras.</exception>
    public Conv1D(
        int filters,
        int kernelSize,
        int strides = 1,
        string padding = "valid",
        int dilationRate = 1,
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
        Filters = Arguments.Positive(filters, Name);
        _convolution = new Convolution1D(kernelSize, strides, dilationRate, Layers.Padding.Named(padding), Name);
        (KernelSize, Strides, DilationRate) = (kernelSize, strides, dilationRate);
        Activation = activation ?? ActivationFunction.Linear;
        ActivityRegularizer = activityRegularizer;
        InputSpec = InputSpec.WeighedSequence;
    }

    /// <summary>The length of the last axis of the output.</summary>
    public int Filters { get; }

    /// <summary>How many steps a window holds.</summary>
    public int KernelSize { get; }

    /// <summary>How many steps lie from one window to the next.</summary>
    public int Strides { get; }

    /// <summary>How many steps lie from one place of a window to the next.</summary>
    public int DilationRate { get; }

    /// <summary>The function on the result.</summary>
    public ActivationFunction Activation { get; }

    /// <summary><c>valid</c>, <c>same</c> or <c>causal</c>.</summary>
    public string Padding => _convolution.Padding.Name;

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        InputSpec.Check(this, inputShape, from: null);
        return _convolution.OutputShape(inputShape, Filters);
    }

    /// <inheritdoc/>
    protected override void Build(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        var features = inputShape[2];
        _kernel = AddRuled("kernel", _convolution.KernelShape(features, Filters), KernelRule);
        if (UseBias)
            _bias = AddRuled("bias", [Filters], BiasRule);
        InputSpec = InputSpec with { Features = features };
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Activation.Of(_convolution.Of(input, _kernel.Value, _bias));
    }
}
