using Unroll.Compute.Recurrent;
using Unroll.Constraints;
using Unroll.Initializers;
using Unroll.Regularizers;

namespace Unroll.Layers;

/// <summary>
/// One step of a simple recurrent network (Elman, 1990): <c>h' = tanh(x · kernel + h · recurrentKernel + bias)</c>. x is
/// (batch, features), h is (batch, units). Weights as in Keras: kernel (features, units), recurrent kernel (units, units),
/// bias (units,).
/// </summary>
public sealed class SimpleRNNCell : KernelCell
{
    /// <summary>Makes the cell; the arguments are Keras'.</summary>
    /// <param name="units">The length of h.</param>
    /// <param name="activation">For the result. Default, and null: tanh; Keras' None is "linear".</param>
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
    /// <param name="dropout">The share of inputs set to 0 in training: one mask for all steps.</param>
    /// <param name="recurrentDropout">The share of h set to 0 in training: one mask for all steps.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">units is not positive, or a rate is not within [0, 1).</exception>
    public SimpleRNNCell(
        int units,
        ActivationFunction? activation = null,
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
        string? name = null)
        : base(units, 1, activation, useBias,
            new(kernelInitializer ?? new GlorotUniform(), kernelRegularizer, kernelConstraint),
            new(recurrentInitializer ?? new Orthogonal(), recurrentRegularizer, recurrentConstraint),
            new(biasInitializer ?? new Zeros(), biasRegularizer, biasConstraint),
            dropout, recurrentDropout, name)
    {
    }

    internal override RecurrentKernel? Fused => Activation == ActivationFunction.Tanh ? Compute.Recurrent.RecurrentKernel.Simple : null;

    /// <inheritdoc/>
    protected override (Tensor Output, Tensors States) Step(Tensor input, Tensors states, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(states);
        var z = Dropped(input, training).MatMul(Kernel) + DroppedState(states[0], training).MatMul(RecurrentKernel);
        if (Bias is not null)
            z += Bias;
        var h = Activation.Of(z);
        return (h, [h]);
    }

    /// <summary>The state of a step: <c>h</c>.</summary>
    protected internal override IReadOnlyList<(string Name, Tensor Value)> Record(Tensor input, Tensors states, Tensor output, Tensors next)
    {
        ArgumentNullException.ThrowIfNull(next);
        return [("h", next[0])];
    }

    internal override string ShortName => "SimpleRNN";

    private protected override KernelCell Same(string name) => new SimpleRNNCell(
        Units, Activation, UseBias, KernelInitializer, RecurrentInitializer, BiasInitializer,
        KernelRegularizer, RecurrentRegularizer, BiasRegularizer, KernelConstraint, RecurrentConstraint, BiasConstraint,
        Dropout, RecurrentDropout, name);
}
