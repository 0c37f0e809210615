using Unroll.Constraints;
using Unroll.Initializers;
using Unroll.Regularizers;

namespace Unroll.Layers;

/// <summary>
/// A convolutional LSTM over a sequence of rows of places (Shi and others, 2015): (batch, time, length, channels) becomes
/// (batch, length', filters), or (batch, time, length', filters) with returnSequences. The equations stand in
/// <see cref="ConvLSTMCell"/>; the axes between time and channels must have lengths.
/// </summary>
public sealed class ConvLSTM1D : ConvLSTM
{
    /// <summary>Makes the layer; the arguments are Keras'.</summary>
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
    /// <param name="activityRegularizer">What the output costs. Default: nothing.</param>
    /// <param name="kernelConstraint">What the kernel keeps to. Default: nothing.</param>
    /// <param name="recurrentConstraint">What the recurrent kernel keeps to. Default: nothing.</param>
    /// <param name="biasConstraint">What the bias keeps to. Default: nothing.</param>
    /// <param name="dropout">The share of inputs set to 0 in training: a mask for each gate, the same at all steps.</param>
    /// <param name="recurrentDropout">The share of h set to 0 in training: a mask for each gate, the same at all steps.</param>
    /// <param name="returnSequences">Whether to give the output of every step, not of the last one alone.</param>
    /// <param name="returnState">Whether <c>ApplyAll</c> gives the last h and c after the output.</param>
    /// <param name="goBackwards">Whether to go from the last step to the first; a sequence comes out in that order.</param>
    /// <param name="stateful">Whether a batch begins with the states that the last one ended with.</param>
    /// <param name="unroll">As in Keras it changes no number; here it changes nothing, since no graph is compiled.</param>
    /// <param name="zeroOutputForMask">Whether a masked step gives zeros, not the output before it.</param>
    /// <param name="inputShape">The shape of one sample, (time, length, channels), where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">A number is not positive, padding is unknown or causal, or a rate is not within [0, 1).</exception>
    /// <exception cref="NotSupportedException">strides and dilationRate are both above 1, as in Keras.</exception>
    public ConvLSTM1D(
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
        Regularizer? activityRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? recurrentConstraint = null,
        Constraint? biasConstraint = null,
        double dropout = 0,
        double recurrentDropout = 0,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false,
        bool unroll = false,
        bool zeroOutputForMask = false,
        Shape? inputShape = null,
        string? name = null)
        : this(
            new ConvLSTM1DCell(
                filters,
                kernelSize,
                strides,
                padding,
                dilationRate,
                activation,
                recurrentActivation,
                useBias,
                kernelInitializer,
                recurrentInitializer,
                biasInitializer,
                unitForgetBias,
                kernelRegularizer,
                recurrentRegularizer,
                biasRegularizer,
                kernelConstraint,
                recurrentConstraint,
                biasConstraint,
                dropout,
                recurrentDropout,
                name ??= Session.Current.UniqueName(typeof(ConvLSTM1D))),
            activityRegularizer,
            returnSequences,
            returnState,
            goBackwards,
            stateful,
            unroll,
            zeroOutputForMask,
            inputShape,
            name)
    {
    }

    private ConvLSTM1D(
        ConvLSTMCell cell,
        Regularizer? activityRegularizer,
        bool returnSequences,
        bool returnState,
        bool goBackwards,
        bool stateful,
        bool unroll,
        bool zeroOutputForMask,
        Shape? inputShape,
        string name)
        : base(cell, activityRegularizer, returnSequences, returnState, goBackwards, stateful, unroll, zeroOutputForMask, inputShape, name)
    {
    }

    /// <inheritdoc cref="ConvLSTM1DCell.KernelSize"/>
    public int KernelSize => ((ConvLSTM1DCell)Cell).KernelSize;

    /// <inheritdoc cref="ConvLSTM1DCell.Strides"/>
    public int Strides => ((ConvLSTM1DCell)Cell).Strides;

    /// <inheritdoc cref="ConvLSTM1DCell.DilationRate"/>
    public int DilationRate => ((ConvLSTM1DCell)Cell).DilationRate;

    /// <inheritdoc/>
    protected override RNN? Copy(string name, bool goBackwards) => new ConvLSTM1D(
        ConvCell.Copy(name), ActivityRegularizer, ReturnSequences, ReturnState, goBackwards, Stateful, Unroll, ZeroOutputForMask, InputShape, name);
}
