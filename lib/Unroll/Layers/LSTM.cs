using Unroll.Constraints;
using Unroll.Initializers;
using Unroll.Regularizers;

namespace Unroll.Layers;

/// <summary>
/// A long short-term memory over a sequence: (batch, time, features) becomes (batch, units), or (batch, time, units) with
/// returnSequences. The equations stand in <see cref="LSTMCell"/>; this is the fast way to the same numbers, one fused
/// kernel over the whole sequence with its own derivative.
/// </summary>
/// <remarks>
/// The kernel knows tanh and sigmoid. With other activations, and while training with recurrentDropout, the cell makes the
/// steps, as in <see cref="RNN"/>.
/// </remarks>
public sealed class LSTM : FusedRNN
{
    /// <summary>Makes the layer; the arguments are Keras'.</summary>
    /// <param name="units">The length of h and of c, and of the output.</param>
    /// <param name="activation">For the candidate and for c on its way out. Default, and null: tanh; Keras' None is "linear".</param>
    /// <param name="recurrentActivation">For the three gates. Default, and null: sigmoid; Keras' None is "linear".</param>
    /// <param name="useBias">Whether there is a bias.</param>
    /// <param name="kernelInitializer">For the input's weights. Default: glorotUniform.</param>
    /// <param name="recurrentInitializer">For the state's weights. Default: orthogonal.</param>
    /// <param name="biasInitializer">For the bias. Default: zeros.</param>
    /// <param name="unitForgetBias">Whether the forget gate's bias starts at 1.</param>
    /// <param name="kernelRegularizer">What the kernel costs. Default: nothing.</param>
    /// <param name="recurrentRegularizer">What the recurrent kernel costs. Default: nothing.</param>
    /// <param name="biasRegularizer">What the bias costs. Default: nothing.</param>
    /// <param name="activityRegularizer">What the output costs. Default: nothing.</param>
    /// <param name="kernelConstraint">What the kernel keeps to. Default: nothing.</param>
    /// <param name="recurrentConstraint">What the recurrent kernel keeps to. Default: nothing.</param>
    /// <param name="biasConstraint">What the bias keeps to. Default: nothing.</param>
    /// <param name="dropout">The share of inputs set to 0 in training: one mask for all gates and all steps.</param>
    /// <param name="recurrentDropout">The share of h set to 0 in training: one mask for all gates and all steps.</param>
    /// <param name="returnSequences">Whether to give the output of every step, not of the last one alone.</param>
    /// <param name="returnState">Whether <c>ApplyAll</c> gives the last h and c after the output.</param>
    /// <param name="goBackwards">Whether to go from the last step to the first; a sequence comes out in that order.</param>
    /// <param name="stateful">Whether a batch begins with the states that the last one ended with.</param>
    /// <param name="unroll">As in Keras it changes no number; here it changes nothing, since no graph is compiled.</param>
    /// <param name="zeroOutputForMask">Whether a masked step gives zeros, not the output before it.</param>
    /// <param name="timeMajor">Whether input and sequence are (time, batch, features). Keras 3 dropped it.</param>
    /// <param name="inputShape">The shape of one sample, (time, features), where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">units is not positive, or a rate is not within [0, 1).</exception>
    public LSTM(
        int units,
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
        bool timeMajor = false,
        Shape? inputShape = null,
        string? name = null)
        : this(
            new LSTMCell(
                units,
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
                name ??= Session.Current.UniqueName(typeof(LSTM))),
            activityRegularizer,
            returnSequences,
            returnState,
            goBackwards,
            stateful,
            unroll,
            zeroOutputForMask,
            timeMajor,
            inputShape,
            name)
    {
    }

    private LSTM(
        KernelCell cell,
        Regularizer? activityRegularizer,
        bool returnSequences,
        bool returnState,
        bool goBackwards,
        bool stateful,
        bool unroll,
        bool zeroOutputForMask,
        bool timeMajor,
        Shape? inputShape,
        string name)
        : base(cell, activityRegularizer, returnSequences, returnState, goBackwards, stateful, unroll, zeroOutputForMask, timeMajor, inputShape, name)
    {
    }

    /// <inheritdoc cref="LSTMCell.RecurrentActivation"/>
    public ActivationFunction RecurrentActivation => ((LSTMCell)Cell).RecurrentActivation;

    /// <inheritdoc cref="LSTMCell.UnitForgetBias"/>
    public bool UnitForgetBias => ((LSTMCell)Cell).UnitForgetBias;

    /// <inheritdoc/>
    protected override RNN? Copy(string name, bool goBackwards) => new LSTM(
        KernelCell.Copy(name), ActivityRegularizer, ReturnSequences, ReturnState, goBackwards, Stateful, Unroll, ZeroOutputForMask, TimeMajor,
        InputShape, name);
}
