using Unroll.Compute.Recurrent;
using Unroll.Constraints;
using Unroll.Initializers;
using Unroll.Regularizers;

namespace Unroll.Layers;

/// <summary>
/// One step of a gated recurrent unit (Cho and others, 2014), by default with the reset gate after the product, as in cuDNN
/// and Keras:
/// <code>
/// z, r, g = split(x · kernel + bias[0], 3);  uz, ur, ug = split(h · recurrentKernel + bias[1], 3)
/// z = σ(z + uz);  r = σ(r + ur)
/// h' = z * h + (1 - z) * tanh(g + r * ug)
/// </code>
/// With resetAfter: false, as in the paper, there is one bias, and the last line is
/// <code>
/// h' = z * h + (1 - z) * tanh(g + (r * h) · recurrentKernel[:, 2·units:])
/// </code>
/// x is (batch, features), h is (batch, units). Weights as in Keras: kernel (features, 3·units), recurrent kernel
/// (units, 3·units), bias (2, 3·units), or (3·units,) with resetAfter: false; gates in the order update, reset, candidate.
/// </summary>
public sealed class GRUCell : KernelCell
{
    /// <summary>Makes the cell; the arguments are Keras'.</summary>
    /// <param name="units">The length of h.</param>
    /// <param name="activation">For the candidate. Default, and null: tanh; Keras' None is "linear".</param>
    /// <param name="recurrentActivation">For the two gates. Default, and null: sigmoid; Keras' None is "linear".</param>
    /// <param name="useBias">Whether there is a bias.</param>
    /// <param name="kernelInitializer">For the input's weights. Default: glorotUniform.</param>
    /// <param name="recurrentInitializer">For the state's weights. Default: orthogonal.</param>
    /// <param name="biasInitializer">For the bias. Default: zeros.</param>
    /// <param name="kernelRegularizer">What the kernel costs. Default: nothing.</param>
    /// <param name="recurrentRegularizer">What the recurrent kernel costs. Default: nothing.</param>
    /// <param name="biasRegularizer">What the bias costs. Default: nothing.</param>
    /// <param name="kernelConstraint">What the kernel keeps to. Default: nothing.</param>
    /// <param name="recurrentConstraint">What the recurrent kernel keeps to. Default: nothing.</param>
    /// <param name="biasConstraint">What the bias keeps to. Default: nothing.</param>
    /// <param name="dropout">The share of inputs set to 0 in training: one mask for all gates and all steps.</param>
    /// <param name="recurrentDropout">The share of h that the gates do not see in training: one mask for all gates and all steps.</param>
    /// <param name="resetAfter">Whether the reset gate comes after the product with the recurrent kernel. Keras 1 and the paper: false.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">units is not positive, or a rate is not within [0, 1).</exception>
    public GRUCell(
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
        Constraint? kernelConstraint = null,
        Constraint? recurrentConstraint = null,
        Constraint? biasConstraint = null,
        double dropout = 0,
        double recurrentDropout = 0,
        bool resetAfter = true,
        string? name = null)
        : base(units, 3, activation, useBias,
            new(kernelInitializer ?? new GlorotUniform(), kernelRegularizer, kernelConstraint),
            new(recurrentInitializer ?? new Orthogonal(), recurrentRegularizer, recurrentConstraint),
            new(biasInitializer ?? new Zeros(), biasRegularizer, biasConstraint),
            dropout, recurrentDropout, name)
    {
        RecurrentActivation = recurrentActivation ?? ActivationFunction.Sigmoid;
        ResetAfter = resetAfter;
    }

    /// <summary>The function of the two gates.</summary>
    public ActivationFunction RecurrentActivation { get; }

    /// <summary>Whether the reset gate comes after the product with the recurrent kernel.</summary>
    public bool ResetAfter { get; }

    internal override RecurrentKernel? Fused =>
        ResetAfter && Activation == ActivationFunction.Tanh && RecurrentActivation == ActivationFunction.Sigmoid
            ? Compute.Recurrent.RecurrentKernel.Gru
            : null;

    private protected override Variable AddBias(WeightRule rule) =>
        ResetAfter ? AddRuled("bias", [2, 3 * Units], rule) : base.AddBias(rule);

    /// <inheritdoc/>
    protected override (Tensor Output, Tensors States) Step(Tensor input, Tensors states, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(states);
        var h = states[0];
        var (z, _, g) = Gates(Dropped(input, training), DroppedState(h, training));
        h = z * h + (1 - z) * g;
        return (h, [h]);
    }

    /// <summary>The gates of a step: <c>update</c>, <c>reset</c>, <c>candidate</c>; the state: <c>h</c>.</summary>
    protected internal override IReadOnlyList<(string Name, Tensor Value)> Record(Tensor input, Tensors states, Tensor output, Tensors next)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(states);
        ArgumentNullException.ThrowIfNull(next);
        var (z, r, g) = Gates(input, states[0]);
        return [("update", z), ("reset", r), ("candidate", g), ("h", next[0])];
    }

    private (Tensor Z, Tensor R, Tensor G) Gates(Tensor input, Tensor h)
    {
        var x = input.MatMul(Kernel);
        if (Bias is not null)
            x += ResetAfter ? Bias.Value[0] : Bias;
        var (xz, xr, xg) = x.Split(3, axis: 1);
        if (ResetAfter)
        {
            var u = h.MatMul(RecurrentKernel);
            if (Bias is not null)
                u += Bias.Value[1];
            var (uz, ur, ug) = u.Split(3, axis: 1);
            var r = RecurrentActivation.Of(xr + ur);
            return (RecurrentActivation.Of(xz + uz), r, Activation.Of(xg + r * ug));
        }

        var (kz, kr, kg) = RecurrentKernel.Value.Split(3, axis: 1);
        var reset = RecurrentActivation.Of(xr + h.MatMul(kr));
        return (RecurrentActivation.Of(xz + h.MatMul(kz)), reset, Activation.Of(xg + (reset * h).MatMul(kg)));
    }

    internal override string ShortName => "GRU";

    internal override IReadOnlyList<string> WeightParts => ["update", "reset", "candidate"];

    private protected override KernelCell Same(string name) => new GRUCell(
        Units, Activation, RecurrentActivation, UseBias, KernelInitializer, RecurrentInitializer, BiasInitializer,
        KernelRegularizer, RecurrentRegularizer, BiasRegularizer, KernelConstraint, RecurrentConstraint, BiasConstraint,
        Dropout, RecurrentDropout, ResetAfter, name);
}
