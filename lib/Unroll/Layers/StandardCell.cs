using Unroll.Constraints;
using Unroll.Initializers;
using Unroll.Regularizers;

namespace Unroll.Layers;

/// <summary>What Keras' own cells have in common: a kernel for the input, one for the state, a bias, and two dropouts.</summary>
public abstract class StandardCell : RNNCell
{
    private protected StandardCell(
        ActivationFunction? activation,
        bool useBias,
        WeightRule kernel,
        WeightRule recurrentKernel,
        WeightRule bias,
        double dropout,
        double recurrentDropout,
        string? name)
        : base(name)
    {
        InputSpec = InputSpec with { NeedsFeatures = true };
        Activation = activation ?? ActivationFunction.Tanh;
        UseBias = useBias;
        (KernelRule, RecurrentRule, BiasRule) = (kernel, recurrentKernel, bias);
        Dropout = Arguments.Rate(dropout, Name);
        RecurrentDropout = Arguments.Rate(recurrentDropout, Name);
    }

    /// <summary>The function of the candidate, or of the output.</summary>
    public ActivationFunction Activation { get; }

    /// <summary>Whether there is a bias.</summary>
    public bool UseBias { get; }

    /// <summary>The first values of the input's weights.</summary>
    public Initializer KernelInitializer => KernelRule.Initializer;

    /// <summary>The first values of the state's weights.</summary>
    public Initializer RecurrentInitializer => RecurrentRule.Initializer;

    /// <summary>The first values of the bias.</summary>
    public Initializer BiasInitializer => BiasRule.Initializer;

    /// <summary>What the kernel costs.</summary>
    public Regularizer? KernelRegularizer => KernelRule.Regularizer;

    /// <summary>What the recurrent kernel costs.</summary>
    public Regularizer? RecurrentRegularizer => RecurrentRule.Regularizer;

    /// <summary>What the bias costs.</summary>
    public Regularizer? BiasRegularizer => BiasRule.Regularizer;

    /// <summary>What the kernel keeps to.</summary>
    public Constraint? KernelConstraint => KernelRule.Constraint;

    /// <summary>What the recurrent kernel keeps to.</summary>
    public Constraint? RecurrentConstraint => RecurrentRule.Constraint;

    /// <summary>What the bias keeps to.</summary>
    public Constraint? BiasConstraint => BiasRule.Constraint;

    /// <summary>The share of inputs set to 0 in training.</summary>
    public double Dropout { get; }

    /// <summary>The share of h set to 0 in training.</summary>
    public double RecurrentDropout { get; }

    private protected WeightRule KernelRule { get; }

    private protected WeightRule RecurrentRule { get; }

    private protected WeightRule BiasRule { get; }
}
