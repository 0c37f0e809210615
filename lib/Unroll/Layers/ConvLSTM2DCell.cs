using Unroll.Constraints;
using Unroll.Initializers;
using Unroll.Regularizers;

namespace Unroll.Layers;

/// <summary>
/// One step of a convolutional LSTM over pictures: a step's input is (batch, rows, columns, channels). The equations stand in
/// <see cref="ConvLSTMCell"/>. Weights: kernel (height, width, channels, 4·filters), recurrent kernel
/// (height, width, filters, 4·filters), bias (4·filters,).
/// </summary>
/// <remarks>Keras keeps this class to itself, as ConvLSTMCell with rank 2.</remarks>
public sealed class ConvLSTM2DCell : ConvLSTMCell
{
    /// <summary>Makes the cell; the arguments are Keras'.</summary>
    /// <param name="filters">The length of the last axis of h, of c and of the output.</param>
    /// <param name="kernelSize">The height and width of a window: one number for both, or two.</param>
    /// <param name="strides">How far the next window on the input lies, down and to the right. Default: 1. Over h it is 1.</param>
    /// <param name="padding">
    /// <c>valid</c>: windows within the input; <c>same</c>: zeros around it, so that with strides 1 its size stays. Over h it is
    /// always <c>same</c>.
    /// </param>
    /// <param name="dilationRate">How far the next place of a window on the input lies, down and to the right. Default: 1. Over h it is 1.</param>
    /// <param name="activation">For the candidate, and for c on its way out. Default, and null: tanh; Keras' None is "linear".</param>
    /// <param name="recurrentActivation">For the three gates. Default, and null: sigmoid; Keras' None is "linear".</param>
    /// <param name="useBias">Whether there is a bias.</param>
    /// <param name="kernelInitializer">For the input's weights. Default: glorotUniform.</param>
    /// <param name="recurrentInitializer">For the state's weights. Default: orthogonal.</param>
    /// <param name="biasInitializer">For the bias. Default: zeros.</param>
    /// <param name="unitForgetBias">Whether the forget gate's bias starts at 1, so that a new cell remembers.</param>
    /// <param name="kernelRegularizer">What the kernel costs. Default: nothing.</param>
    /// <param name="recurrentRegularizer">What the recurrent kernel costs. Default: nothing.</param>
    /// <param name="biasRegularizer">What the bias costs. Default: nothing.</param>
    /// <param name="kernelConstraint">What the kernel keeps to. Default: nothing.</param>
    /// <param name="recurrentConstraint">What the recurrent kernel keeps to. Default: nothing.</param>
    /// <param name="biasConstraint">What the bias keeps to. Default: nothing.</param>
    /// <param name="dropout">The share of inputs set to 0 in training: a mask for each gate, the same at all steps.</param>
    /// <param name="recurrentDropout">The share of h set to 0 in training: a mask for each gate, the same at all steps.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">A number is not positive, padding is unknown or causal, or a rate is not within [0, 1).</exception>
    /// <exception cref="NotSupportedException">strides and dilationRate are both above 1, as in Keras.</exception>
    public ConvLSTM2DCell(
        int filters,
        Pair kernelSize,
        Pair? strides = null,
        string padding = "valid",
        Pair? dilationRate = null,
        ActivationFunction? activation = null,
        ActivationFunction? recurrentActivation = null,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? recurrentInitializer = null,
        Initializer? biasInitializer = null,
        bool unitForgetBias = true,
        Regularizer? kernelRegularizer = null,
        Regularizer? recurrentRegularizer = null,
        Regularizer? biasRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? recurrentConstraint = null,
        Constraint? biasConstraint = null,
        double dropout = 0,
        double recurrentDropout = 0,
        string? name = null)
        : base(
            filters,
            ["rows", "columns", "channels"],
            new Convolution2D(
                kernelSize,
                strides ?? 1,
                dilationRate ?? 1,
                Layers.Padding.OfPicture(padding, name ??= Session.Current.UniqueName(typeof(ConvLSTM2DCell))),
                name),
            new Convolution2D(kernelSize, 1, 1, Layers.Padding.Named("same"), name),
            activation,
            recurrentActivation,
            useBias,
            new(kernelInitializer ?? new GlorotUniform(), kernelRegularizer, kernelConstraint),
            new(recurrentInitializer ?? new Orthogonal(), recurrentRegularizer, recurrentConstraint),
            new(biasInitializer ?? new Zeros(), biasRegularizer, biasConstraint),
            unitForgetBias,
            dropout,
            recurrentDropout,
            name)
    {
        (KernelSize, Strides, DilationRate) = (kernelSize, strides ?? 1, dilationRate ?? 1);
    }

    /// <summary>The height and width of a window.</summary>
    public Pair KernelSize { get; }

    /// <summary>How far the next window on the input lies, down and to the right.</summary>
    public Pair Strides { get; }

    /// <summary>How far the next place of a window on the input lies, down and to the right.</summary>
    public Pair DilationRate { get; }

    internal override string Construction => $"new {GetType().Name}({Filters}, {KernelSize})";

    private protected override ConvLSTMCell Same(string name) => new ConvLSTM2DCell(
        Filters, KernelSize, Strides, Padding, DilationRate, Activation, RecurrentActivation, UseBias, KernelInitializer,
        RecurrentInitializer, BiasInitializer, UnitForgetBias, KernelRegularizer, RecurrentRegularizer, BiasRegularizer,
        KernelConstraint, RecurrentConstraint, BiasConstraint, Dropout, RecurrentDropout, name);
}
