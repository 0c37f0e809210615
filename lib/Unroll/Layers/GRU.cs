using Unroll.Constraints;
using Unroll.Initializers;
using Unroll.Regularizers;

namespace Unroll.Layers;

/// <summary>
/// A gated recurrent unit over a sequence: (batch, time, features) becomes (batch, units), or (batch, time, units) with
/// returnSequences. The equations stand in <see cref="GRUCell"/>; this is the fast way to the same numbers, one fused
/// kernel over the whole sequence with its own derivative.
/// </summary>
/// <remarks>
/// The kernel knows tanh and sigmoid, and the reset gate after the product. With other activations, with resetAfter: false, and
/// while training with recurrentDropout, the cell makes the steps, as in <see cref="RNN"/>.
/// </remarks>
public sealed class GRU : FusedRNN
{
    /// <summary>Makes the layer; the arguments are Keras'.</summary>
    /// <param name="units">The length of h, and of the output.</param>
    /// <param name="activation">For the candidate. Default, and null: tanh; Keras' None is "linear".</param>
    /// <param name="recurrentActivation">For the two gates. Default, and null: sigmoid; Keras' None is "linear".</param>
    /// <param name="useBias">Whether there is a bias.</param>
    /// <param name="kernelInitializer">For the input's weights. Default: glorotUniform.</param>
    /// <param name="recurrentInitializer">For the state's weights. Default: orthogonal.</param>
    /// <param name="biasInitializer">For the bias. Default: zeros.</param>
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
    /// <param name="returnState">Whether <c>ApplyAll</c> gives the last h after the output.</param>
    /// <param name="goBackwards">Whether to go from the last step to the first; a sequence comes out in that order.</param>
    /// <param name="stateful">Whether a batch begins with the states that the last one ended with.</param>
    /// <param name="unroll">As in Keras it changes no number; here it changes nothing, since no graph is compiled.</param>
    /// <param name="resetAfter">Whether the reset gate comes after the product with the recurrent kernel. Keras 1 and the paper: false.</param>
    /// <param name="zeroOutputForMask">Whether a masked step gives zeros, not the output before it.</param>
    /// <param name="timeMajor">Whether input and sequence are (time, batch, features). Keras 3 dropped it.</param>
    /// <param name="inputShape">The shape of one sample, (time, features), where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">units is not positive, or a rate is not within [0, 1).</exception>
    public GRU(
        int units,
        ActivationFunction? activation = null,
        ActivationFunction? recurrentActivation = null,
        bool useBias = true,
        Initializer? kernelInitializer = null,
        Initializer? recurrentInitializer = null,
        Initializer? biasInitializer = null,
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
        bool resetAfter = true,
        bool zeroOutputForMask = false,
        bool timeMajor = false,
        Shape? inputShape = null,
        string? name = null)
        : this(
            new GRUCell(
                units,
                activation,
                recurrentActivation,
                useBias,
                kernelInitializer,
                recurrentInitializer,
                biasInitializer,
                kernelRegularizer,
                recurrentRegularizer,
                biasRegularizer,
                kernelConstraint,
                recurrentConstraint,
                biasConstraint,
                dropout,
                recurrentDropout,
                resetAfter,
                name ??= Session.Current.UniqueName(typeof(GRU))),
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

    private GRU(
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

    /// <inheritdoc cref="GRUCell.RecurrentActivation"/>
    public ActivationFunction RecurrentActivation => ((GRUCell)Cell).RecurrentActivation;

    /// <inheritdoc cref="GRUCell.ResetAfter"/>
    public bool ResetAfter => ((GRUCell)Cell).ResetAfter;

    /// <inheritdoc/>
    protected override RNN? Copy(string name, bool goBackwards) => new GRU(
        KernelCell.Copy(name), ActivityRegularizer, ReturnSequences, ReturnState, goBackwards, Stateful, Unroll, ZeroOutputForMask, TimeMajor,
        InputShape, name);
}
