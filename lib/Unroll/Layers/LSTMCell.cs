using Unroll.Compute.Recurrent;
using Unroll.Constraints;
using Unroll.Initializers;
using Unroll.Regularizers;

namespace Unroll.Layers;

/// <summary>
/// One step of a long short-term memory (Hochreiter and Schmidhuber, 1997; forget gate by Gers and others, 2000):
/// <code>
/// i, f, g, o = split(x · kernel + h · recurrentKernel + bias, 4)
/// c' = σ(f) * c + σ(i) * tanh(g)
/// h' = σ(o) * tanh(c')
/// </code>
/// x is (batch, features), h and c are (batch, units). Weights as in Keras: kernel (features, 4·units), recurrent kernel
/// (units, 4·units), bias (4·units,), gates in the order input, forget, cell, output.
/// </summary>
public sealed class LSTMCell : KernelCell
{
    /// <summary>Makes the cell; the arguments are Keras'.</summary>
    /// <param name="units">The length of h and of c.</param>
    /// <param name="activation">For the candidate g and for c on its way out. Default, and null: tanh; Keras' None is "linear".</param>
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
    /// <param name="dropout">The share of inputs set to 0 in training: one mask for all gates and all steps.</param>
    /// <param name="recurrentDropout">The share of h set to 0 in training: one mask for all gates and all steps.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">units is not positive, or a rate is not within [0, 1).</exception>
    public LSTMCell(
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
        Constraint? kernelConstraint = null,
        Constraint? recurrentConstraint = null,
        Constraint? biasConstraint = null,
        double dropout = 0,
        double recurrentDropout = 0,
        string? name = null)
        : base(units, 4, activation, useBias,
            new(kernelInitializer ?? new GlorotUniform(), kernelRegularizer, kernelConstraint),
            new(recurrentInitializer ?? new Orthogonal(), recurrentRegularizer, recurrentConstraint),
            new(biasInitializer ?? new Zeros(), biasRegularizer, biasConstraint),
            dropout, recurrentDropout, name)
    {
        RecurrentActivation = recurrentActivation ?? ActivationFunction.Sigmoid;
        UnitForgetBias = unitForgetBias;
    }

    /// <summary>The function of the three gates.</summary>
    public ActivationFunction RecurrentActivation { get; }

    /// <summary>Whether the forget gate's bias starts at 1.</summary>
    public bool UnitForgetBias { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<int> StateSize => [Units, Units];

    internal override RecurrentKernel? Fused =>
        Activation == ActivationFunction.Tanh && RecurrentActivation == ActivationFunction.Sigmoid ? Compute.Recurrent.RecurrentKernel.Lstm : null;

    private protected override Variable AddBias(WeightRule rule)
    {
        var bias = base.AddBias(rule);
        if (UnitForgetBias)
            bias.Writable.Slice(Units, Units).Fill(1);
        return bias;
    }

    /// <inheritdoc/>
    protected override (Tensor Output, Tensors States) Step(Tensor input, Tensors states, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(states);
        var (h, c) = (states[0], states[1]);
        var (i, f, g, o) = Gates(Dropped(input, training), DroppedState(h, training));
        c = f * c + i * g;
        h = o * Activation.Of(c);
        return (h, [h, c]);
    }

    /// <summary>The gates of a step: <c>input</c>, <c>forget</c>, <c>candidate</c>, <c>output</c>; the states: <c>h</c>, <c>c</c>.</summary>
    protected internal override IReadOnlyList<(string Name, Tensor Value)> Record(Tensor input, Tensors states, Tensor output, Tensors next)
    {
        ArgumentNullException.ThrowIfNull(states);
        ArgumentNullException.ThrowIfNull(next);
        var (i, f, g, o) = Gates(input, states[0]);
        return [("input", i), ("forget", f), ("candidate", g), ("output", o), ("c", next[1]), ("h", next[0])];
    }

    private (Tensor I, Tensor F, Tensor G, Tensor O) Gates(Tensor input, Tensor h)
    {
        var z = input.MatMul(Kernel) + h.MatMul(RecurrentKernel);
        if (Bias is not null)
            z += Bias;
        var (i, f, g, o) = z.Split(4, axis: 1);
        return (RecurrentActivation.Of(i), RecurrentActivation.Of(f), Activation.Of(g), RecurrentActivation.Of(o));
    }

    internal override string ShortName => "LSTM";

    internal override string StateWord => "h, c";

    internal override IReadOnlyList<string> WeightParts => ["input", "forget", "candidate", "output"];

    private protected override KernelCell Same(string name) => new LSTMCell(
        Units, Activation, RecurrentActivation, UseBias, KernelInitializer, RecurrentInitializer, BiasInitializer, UnitForgetBias,
        KernelRegularizer, RecurrentRegularizer, BiasRegularizer, KernelConstraint, RecurrentConstraint, BiasConstraint,
        Dropout, RecurrentDropout, name);
}
