using Unroll.Constraints;
using Unroll.Initializers;
using Unroll.Regularizers;

namespace Unroll.Layers;

/// <summary>
/// Slides filters over pictures: (batch, rows, columns, channels) becomes (batch, rows', columns', filters), each output the
/// product of a window with the kernel. In <see cref="TimeDistributed"/> it looks at each picture of a film, for an LSTM after
/// it. Weights: kernel (height, width, channels, filters), bias (filters,).
/// </summary>
public sealed class Conv2D : KernelLayer
{
    private readonly Convolution _convolution;
    private Variable _kernel = null!;
    private Variable? _bias;

    /// <summary>Makes the layer; the arguments are Keras'.</summary>
    /// <param name="filters">The length of the last axis of the output.</param>
    /// <param name="kernelSize">The height and width of a window: one number for both, or two.</param>
    /// <param name="strides">How far the next window lies, down and to the right. Default: 1.</param>
    /// <param name="padding"><c>valid</c>: windows within the picture; <c>same</c>: zeros around it, so that with strides 1 its size stays.</param>
    /// <param name="dilationRate">How far the next place of a window lies, down and to the right. Default: 1.</param>
    /// <param name="activation">The function on the result. Default: none.</param>
    /// <param name="useBias">Whether there is a bias.</param>
    /// <param name="kernelInitializer">For the kernel. Default: glorotUniform.</param>
    /// <param name="biasInitializer">For the bias. Default: zeros.</param>
    /// <param name="kernelRegularizer">What the kernel costs. Default: nothing.</param>
    /// <param name="biasRegularizer">What the bias costs. Default: nothing.</param>
    /// <param name="activityRegularizer">What the output costs. Default: nothing.</param>
    /// <param name="kernelConstraint">What the kernel keeps to. Default: nothing.</param>
    /// <param name="biasConstraint">What the bias keeps to. Default: nothing.</param>
    /// <param name="inputShape">The shape of one sample, (rows, columns, channels), where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">A number is not positive, or padding is unknown or causal.</exception>
    /// <exception cref="NotSupportedException">strides and dilationRate are both above 1, as in Keras.</exception>
    public Conv2D(
        int filters,
        Pair kernelSize,
        Pair? strides = null,
        string padding = "valid",
        Pair? dilationRate = null,
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
        (KernelSize, Strides, DilationRate) = (kernelSize, strides ?? 1, dilationRate ?? 1);
        _convolution = new Convolution2D(KernelSize, Strides, DilationRate, Layers.Padding.OfPicture(padding, Name), Name);
        Activation = activation ?? ActivationFunction.Linear;
        ActivityRegularizer = activityRegularizer;
        InputSpec = InputSpec.Picture with { NeedsFeatures = true };
    }

    /// <summary>The length of the last axis of the output.</summary>
    public int Filters { get; }

    /// <summary>The height and width of a window.</summary>
    public Pair KernelSize { get; }

    /// <summary>How far the next window lies, down and to the right.</summary>
    public Pair Strides { get; }

    /// <summary>How far the next place of a window lies, down and to the right.</summary>
    public Pair DilationRate { get; }

    /// <summary><c>valid</c>, or <c>same</c> for zeros around the input.</summary>
    public string Padding => _convolution.Padding.Name;

    /// <summary>The function on the result.</summary>
    public ActivationFunction Activation { get; }

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
        var channels = inputShape[3];
        _kernel = AddRuled("kernel", _convolution.KernelShape(channels, Filters), KernelRule);
        if (UseBias)
            _bias = AddRuled("bias", [Filters], BiasRule);
        InputSpec = InputSpec with { Features = channels };
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Activation.Of(_convolution.Of(input, _kernel.Value, _bias));
    }
}
