using Unroll.Constraints;
using Unroll.Initializers;
using Unroll.Regularizers;

namespace Unroll.Layers;

/// <summary>
/// A convolution in two steps, which needs fewer weights: filters slide along time over each feature alone, as those of
/// <see cref="DepthwiseConv1D"/>, and a product with a matrix mixes what they give: (batch, time, features) becomes (batch,
/// windows, filters). Weights: depthwise kernel (kernelSize, features, depthMultiplier), pointwise kernel (1,
/// features · depthMultiplier, filters), bias (filters,).
/// </summary>
public sealed class SeparableConv1D : Layer
{
    private readonly Convolution1D _convolution;
    private readonly WeightRule _depthwiseRule;
    private readonly WeightRule _pointwiseRule;
    private readonly WeightRule _biasRule;
    private Variable _depthwise = null!;
    private Variable _pointwise = null!;
    private Variable? _bias;

    /// <summary>Makes the layer; the arguments are Keras'.</summary>
    /// <param name="filters">The length of the last axis of the output.</param>
    /// <param name="kernelSize">How many steps a window holds.</param>
    /// <param name="strides">How many steps lie from one window to the next.</param>
    /// <param name="padding">
    /// <c>valid</c>: windows within the sequence; <c>same</c>: zeros around it, so that with strides 1 the length stays;
    /// <c>causal</c>, which Keras 3 no longer takes: zeros before it, so that no window sees a later step.
    /// </param>
    /// <param name="dilationRate">How many steps lie from one place of a window to the next.</param>
    /// <param name="depthMultiplier">How many filters each feature has in the first step.</param>
    /// <param name="activation">The function on the result. Default: none.</param>
    /// <param name="useBias">Whether there is a bias.</param>
    /// <param name="depthwiseInitializer">For the depthwise kernel. Default: glorotUniform.</param>
    /// <param name="pointwiseInitializer">For the pointwise kernel. Default: glorotUniform.</param>
    /// <param name="biasInitializer">For the bias. Default: zeros.</param>
    /// <param name="depthwiseRegularizer">What the depthwise kernel costs. Default: nothing.</param>
    /// <param name="pointwiseRegularizer">What the pointwise kernel costs. Default: nothing.</param>
    /// <param name="biasRegularizer">What the bias costs. Default: nothing.</param>
    /// <param name="activityRegularizer">What the output costs. Default: nothing.</param>
    /// <param name="depthwiseConstraint">What the depthwise kernel keeps to. Default: nothing.</param>
    /// <param name="pointwiseConstraint">What the pointwise kernel keeps to. Default: nothing.</param>
    /// <param name="biasConstraint">What the bias keeps to. Default: nothing.</param>
    /// <param name="inputShape">The shape of one sample, (time, features), where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">A number is not positive, or padding is unknown.</exception>
    /// <exception cref="NotSupportedException">strides and dilationRate are both above 1, as in Keras.</exception>
    public SeparableConv1D(
        int filters,
        int kernelSize,
        int strides = 1,
        string padding = "valid",
        int dilationRate = 1,
        int depthMultiplier = 1,
        ActivationFunction? activation = null,
        bool useBias = true,
        Initializer? depthwiseInitializer = null,
        Initializer? pointwiseInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? depthwiseRegularizer = null,
        Regularizer? pointwiseRegularizer = null,
        Regularizer? biasRegularizer = null,
        Regularizer? activityRegularizer = null,
        Constraint? depthwiseConstraint = null,
        Constraint? pointwiseConstraint = null,
        Constraint? biasConstraint = null,
        Shape? inputShape = null,
        string? name = null)
        : base(name, inputShape)
    {
        Filters = Arguments.Positive(filters, Name);
        DepthMultiplier = Arguments.Positive(depthMultiplier, Name);
        _convolution = new Convolution1D(kernelSize, strides, dilationRate, Layers.Padding.Named(padding), Name);
        (KernelSize, Strides, DilationRate, UseBias) = (kernelSize, strides, dilationRate, useBias);
        Activation = activation ?? ActivationFunction.Linear;
        ActivityRegularizer = activityRegularizer;
        _depthwiseRule = new(depthwiseInitializer ?? new GlorotUniform(), depthwiseRegularizer, depthwiseConstraint);
        _pointwiseRule = new(pointwiseInitializer ?? new GlorotUniform(), pointwiseRegularizer, pointwiseConstraint);
        _biasRule = new(biasInitializer ?? new Zeros(), biasRegularizer, biasConstraint);
        InputSpec = InputSpec.WeighedSequence;
    }

    /// <summary>The length of the last axis of the output.</summary>
    public int Filters { get; }

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

    /// <summary>The first values of the depthwise kernel.</summary>
    public Initializer DepthwiseInitializer => _depthwiseRule.Initializer;

    /// <summary>What the depthwise kernel costs.</summary>
    public Regularizer? DepthwiseRegularizer => _depthwiseRule.Regularizer;

    /// <summary>What the depthwise kernel keeps to.</summary>
    public Constraint? DepthwiseConstraint => _depthwiseRule.Constraint;

    /// <summary>The first values of the pointwise kernel.</summary>
    public Initializer PointwiseInitializer => _pointwiseRule.Initializer;

    /// <summary>What the pointwise kernel costs.</summary>
    public Regularizer? PointwiseRegularizer => _pointwiseRule.Regularizer;

    /// <summary>What the pointwise kernel keeps to.</summary>
    public Constraint? PointwiseConstraint => _pointwiseRule.Constraint;

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
        return _convolution.OutputShape(inputShape, Filters);
    }

    /// <inheritdoc/>
    protected override void Build(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        var features = inputShape[2];
        var between = Arguments.Length((long)features * DepthMultiplier, Name, "the pointwise kernel");
        _depthwise = AddRuled("depthwise_kernel", [KernelSize, features, DepthMultiplier], _depthwiseRule);
        _pointwise = AddRuled("pointwise_kernel", [1, between, Filters], _pointwiseRule);
        if (UseBias)
            _bias = AddRuled("bias", [Filters], _biasRule);
        InputSpec = InputSpec with { Features = features };
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        var each = _convolution.OfEachChannel(input, _depthwise.Value);
        var between = each.Shape[2];
        var result = each.Reshape(each.Shape[0] * each.Shape[1], between).MatMul(_pointwise.Value.Reshape(between, Filters))
            .Reshape(each.Shape[0], each.Shape[1], Filters);
        if (_bias is not null)
            result += _bias;
        return Activation.Of(result);
    }
}
