using Unroll.Constraints;
using Unroll.Initializers;
using Unroll.Regularizers;

namespace Unroll.Layers;

/// <summary>A layer with a kernel, or several of one rule, and a bias.</summary>
public abstract class KernelLayer : Layer
{
    private protected KernelLayer(bool useBias, WeightRule kernel, WeightRule bias, Shape? inputShape, string? name)
        : base(name, inputShape) => (UseBias, KernelRule, BiasRule) = (useBias, kernel, bias);

    /// <summary>Whether there is a bias.</summary>
    public bool UseBias { get; }

    /// <summary>The first values of the kernel.</summary>
    public Initializer KernelInitializer => KernelRule.Initializer;

    /// <summary>The first values of the bias.</summary>
    public Initializer BiasInitializer => BiasRule.Initializer;

    /// <summary>What the kernel costs.</summary>
    public Regularizer? KernelRegularizer => KernelRule.Regularizer;

    /// <summary>What the bias costs.</summary>
    public Regularizer? BiasRegularizer => BiasRule.Regularizer;

    /// <summary>What the kernel keeps to.</summary>
    public Constraint? KernelConstraint => KernelRule.Constraint;

    /// <summary>What the bias keeps to.</summary>
    public Constraint? BiasConstraint => BiasRule.Constraint;

    private protected WeightRule KernelRule { get; }

    private protected WeightRule BiasRule { get; }
}
