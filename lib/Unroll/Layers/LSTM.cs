using Unroll.Compute;
using Unroll.Initializers;

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
public sealed class LSTM : RNN
{
    private readonly LSTMCell _cell;
    private readonly LstmTapes _tapes = new();

    /// <summary>Makes the layer; the arguments are Keras'.</summary>
    /// <param name="units">The length of h and of c, and of the output.</param>
    /// <param name="activation">For the candidate and for c on its way out. Default, and null: tanh; Keras' None is "linear".</param>
    /// <param name="recurrentActivation">For the three gates. Default, and null: sigmoid; Keras' None is "linear".</param>
    /// <param name="useBias">Whether there is a bias.</param>
    /// <param name="kernelInitializer">For the input's weights. Default: glorotUniform.</param>
    /// <param name="recurrentInitializer">For the state's weights. Default: orthogonal.</param>
    /// <param name="biasInitializer">For the bias. Default: zeros.</param>
    /// <param name="unitForgetBias">Whether the forget gate's bias starts at 1.</param>
    /// <param name="dropout">The share of inputs set to 0 in training: one mask for all gates and all steps.</param>
    /// <param name="recurrentDropout">The share of h set to 0 in training: one mask for all gates and all steps.</param>
    /// <param name="returnSequences">Whether to give the output of every step, not of the last one alone.</param>
    /// <param name="returnState">Whether <c>ApplyAll</c> gives the last h and c after the output.</param>
    /// <param name="goBackwards">Whether to go from the last step to the first; a sequence comes out in that order.</param>
    /// <param name="stateful">Whether a batch begins with the states that the last one ended with.</param>
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
        double dropout = 0,
        double recurrentDropout = 0,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false,
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
                dropout,
                recurrentDropout,
                name ??= Session.Current.UniqueName(typeof(LSTM))),
            returnSequences,
            returnState,
            goBackwards,
            stateful,
            timeMajor,
            inputShape,
            name)
    {
    }

    // The cell bears the layer's name, so that weights are called lstm/kernel.
    private LSTM(
        LSTMCell cell,
        bool returnSequences,
        bool returnState,
        bool goBackwards,
        bool stateful,
        bool timeMajor,
        Shape? inputShape,
        string name)
        : base(cell, returnSequences, returnState, goBackwards, stateful, timeMajor, inputShape, name) => _cell = cell;

    /// <summary>The length of h and of c, and of the output.</summary>
    public int Units => _cell.Units;

    internal override string Kind => $"{ClassName} · {UnitsWord(_cell.Units)}";

    private bool KernelKnowsActivations =>
        _cell.Activation == ActivationFunction.Tanh && _cell.RecurrentActivation == ActivationFunction.Sigmoid;

    private protected override (Tensor Output, Tensors States) Run(Tensor input, Tensors states, bool training)
    {
        if (!KernelKnowsActivations || (training && _cell.RecurrentDropout > 0))
            return base.Run(input, states, training);
        if (training && _cell.Dropout > 0)
        {
            // The mask is the same at every step: (batch, features) with an axis of length 1 for time.
            var mask = _cell.InputMask(input.Shape.Without(TimeAxis));
            input *= mask.ExpandDims(TimeAxis);
        }

        var (sequence, h, c) = FusedLstm.Run(input, states[0], states[1], _cell, _tapes, TimeMajor, GoBackwards, ReturnSequences);
        return (sequence ?? h, [h, c]);
    }

    /// <summary>Inference takes no more memory than the result: no states to begin with, and none to give.</summary>
    private protected override Tensor? Infer(Tensor input, bool training)
    {
        var runsWhole = training || Stateful || ReturnState || !KernelKnowsActivations || GradientTape.IsRecording;
        return runsWhole || input.Shape[TimeAxis] == 0 ? null : FusedLstm.Infer(input, _cell, TimeMajor, GoBackwards, ReturnSequences);
    }

    /// <inheritdoc/>
    protected override RNN? Copy(string name, bool goBackwards) =>
        new LSTM(_cell.Copy(name), ReturnSequences, ReturnState, goBackwards, Stateful, TimeMajor, InputShape, name);
}
