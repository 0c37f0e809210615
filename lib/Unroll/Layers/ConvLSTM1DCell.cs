using Unroll.Constraints;
using Unroll.Initializers;
using Unroll.Regularizers;

namespace Unroll.Layers;

/// <summary>
/// One step of a convolutional LSTM over rows of places: a step's input is (batch, length, channels). The equations stand in
/// <see cref="ConvLSTMCell"/>. Weights: kernel (size, channels, 4·filters), recurrent kernel (size, filters, 4·filters), bias (4·filters,).
/// </summary>
/// <remarks>Keras keeps this class to itself, as ConvLSTMCell with rank 1.</remarks>
public sealed class ConvLSTM1DCell : ConvLSTMCell
{
    /// <summary>Makes the cell; the arguments are Keras'.</summary>
    /// <param name="filters">The length of the last axis of h, of c and of the output.</param>
    /// <param name="kernelSize">How many places a window holds.</param>
    /// <param name="strides">How many places lie from one window on the input to the next. Over h it is 1.</param>
    /// <param name="padding">
    /// <c>valid</c>: windows within the input; <c>same</c>: zeros around it, so that with strides 1 its length stays. Over h it is
    /// always <c>same</c>.
    /// </param>
    /// <param name="dilationRate">How many places lie from one place of a window on the input to the next. Over h it is 1.</param>
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
    public ConvLSTM1DCell(
        int filters,
        int kernelSize,
        int strides = 1,
        string padding = "valid",
        int dilationRate = 1,
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
            ["length", "channels"],
            new Convolution1D(
                kernelSize,
                strides,
                dilationRate,
                Layers.Padding.OfPicture(padding, name ??= Session.Current.UniqueName(typeof(ConvLSTM1DCell))),
                name),
            new Convolution1D(kernelSize, 1, 1, Layers.Padding.Named("same"), name),
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
        (KernelSize, Strides, DilationRate) = (kernelSize, strides, dilationRate);
    }

    /// <summary>How many places a window holds.</summary>
    public int KernelSize { get; }

    /// <summary>How many places lie from one window on the input to the next.</summary>
    public int Strides { get; }

    /// <summary>How many places lie from one place of a window on the input to the next.</summary>
    public int DilationRate { get; }

    internal override string Construction => $"new {GetType().Name}({Filters}, {KernelSize})";

    private protected override ConvLSTMCell Same(string name) => new ConvLSTM1DCell(
        Filters, KernelSize, Strides, Padding, DilationRate, Activation, RecurrentActivation, UseBias, KernelInitializer,
        RecurrentInitializer, BiasInitializer, UnitForgetBias, KernelRegularizer, RecurrentRegularizer, BiasRegularizer,
        KernelConstraint, RecurrentConstraint, BiasConstraint, Dropout, RecurrentDropout, name);
}
