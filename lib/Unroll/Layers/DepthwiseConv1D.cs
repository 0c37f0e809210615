using Unroll.Constraints;
using Unroll.Initializers;
using Unroll.Regularizers;

namespace Unroll.Layers;

/// <summary>
/// Slides filters along time, each over one feature alone: (batch, time, features) becomes (batch, windows,
/// features · depthMultiplier). Weights: kernel (kernelSize, features, depthMultiplier), bias (features · depthMultiplier,).
/// </summary>
public sealed class DepthwiseConv1D : Layer
{
    private readonly Convolution1D _convolution;
    private readonly WeightRule _depthwiseRule;
    private readonly WeightRule _biasRule;
    private Variable _kernel = null!;
    private Variable? _bias;

    /// <summary>Makes the layer; the arguments are Keras'.</summary>
    /// <param name="kernelSize">How many steps a window holds.</param>
    /// <param name="strides">How many steps lie from one window to the next.</param>
    /// <param name="padding">
    /// <c>valid</c>: windows within the sequence; <c>same</c>: zeros around it, so that with strides 1 the length stays;
    /// <c>causal</c>, which Keras 3 no longer takes: zeros before it, so that no window sees a later step.
    /// </param>
    /// <param name="depthMultiplier">How many filters each feature has.</param>
    /// <param name="dilationRate">How many steps lie from one place of a window to the next.</param>
    /// <param name="activation">The function on the result. Default: none.</param>
    /// <param name="useBias">Whether there is a bias.</param>
    /// <param name="depthwiseInitializer">For the kernel. Default: glorotUniform.</param>
    /// <param name="biasInitializer">For the bias. Default: zeros.</param>
    /// <param name="depthwiseRegularizer">What the kernel costs. Default: nothing.</param>
    /// <param name="biasRegularizer">What the bias costs. Default: nothing.</param>
    /// <param name="activityRegularizer">What the output costs. Default: nothing.</param>
    /// <param name="depthwiseConstraint">What the kernel keeps to. Default: nothing.</param>
    /// <param name="biasConstraint">What the bias keeps to. Default: nothing.</param>
    /// <param name="inputShape">The shape of one sample, (time, features), where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">A number is not positive, or padding is unknown.</exception>
    /// <exception cref="NotSupportedException">strides and dilationRate are both above 1, as in Keras.</exception>
    public DepthwiseConv1D(
        int kernelSize,
        int strides = 1,
        string padding = "valid",
        int depthMultiplier = 1,
        int dilationRate = 1,
        ActivationFunction? activation = null,
        bool useBias = true,
        Initializer? depthwiseInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? depthwiseRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? depthwiseConstraint = null,
        Constraint? biasConstraint = null,
        Shape? inputShape = null,
        string? name = null)
        : base(name, inputShape)
    {
        DepthMultiplier = Arguments.Positive(depthMultiplier, Name);
        _convolution = new Convolution1D(kernelSize, strides, dilationRate, Layers.Padding.Named(padding), Name);
        (KernelSize, Strides, DilationRate, UseBias) = (kernelSize, strides, dilationRate, useBias);
        Activation = activation ?? ActivationFunction.Linear;
        ActivityRegularizer = activityRegularizer;
        _depthwiseRule = new(depthwiseInitializer ?? new GlorotUniform(), depthwiseRegularizer, depthwiseConstraint);
        _biasRule = new(biasInitializer ?? new Zeros(), biasRegularizer, biasConstraint);
        InputSpec = InputSpec.WeighedSequence;
    }

    /// <summary>How many steps a window holds.</summary>
    public int KernelSize { get; }

    /// <summary>How many steps lie from one window to the next.</summary>
    public int Strides { get; }

    /// <summary><c>valid</c>, <c>same</c> or <c>causal</c>.</summary>
    public string Padding => _convolution.Padding.Name;

    /// <summary>How many filters each feature has.</summary>
    public int DepthMultiplier { get; }

    /// <summary>How many steps lie from one place of a window to the next.</summary>
    public int DilationRate { get; }

    /// <summary>The function on the result.</summary>
    public ActivationFunction Activation { get; }

    /// <summary>Whether there is a bias.</summary>
    public bool UseBias { get; }

    /// <summary>The first values of the kernel.</summary>
    public Initializer DepthwiseInitializer => _depthwiseRule.Initializer;

    /// <summary>What the kernel costs.</summary>
    public Regularizer? DepthwiseRegularizer => _depthwiseRule.Regularizer;

    /// <summary>What the kernel keeps to.</summary>
    public Constraint? DepthwiseConstraint => _depthwiseRule.Constraint;

    /// <summary>The first values of the bias.</summary>
    public Initializer BiasInitializer => _biasRule.Initializer;

    /// <summary>What the bias costs.</summary>
    public Regularizer? BiasRegularizer => _biasRule.Regularizer;

    /// <summary>What the bias keeps to.</summary>
    public Constraint? BiasConstraint => _biasRule.Constraint;

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        InputSpec.Check(this, inputShape, from: null);
        return _convolution.OutputShape(inputShape, Columns(inputShape[2]));
    }

    /// <inheritdoc/>
    protected override void Build(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        var features = inputShape[2];
        _kernel = AddRuled("kernel", [KernelSize, features, DepthMultiplier], _depthwiseRule);
        if (UseBias)
            _bias = AddRuled("bias", [Columns(features)], _biasRule);
        InputSpec = InputSpec with { Features = features };
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        var result = _convolution.OfEachChannel(input, _kernel.Value);
        if (_bias is not null)
            result += _bias;
        return Activation.Of(result);
    }

    private int Columns(int features) => Arguments.Length((long)features * DepthMultiplier, Name, "the last axis");
}
