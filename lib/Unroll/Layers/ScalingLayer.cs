using Unroll.Constraints;
using Unroll.Initializers;
using Unroll.Regularizers;

namespace Unroll.Layers;

/// <summary>
/// A normalization with a learned factor, gamma, and a learned offset, beta, each as long as one axis:
/// <see cref="BatchNormalization"/> and <see cref="LayerNormalization"/>.
/// </summary>
public abstract class ScalingLayer : Layer
{
    private readonly WeightRule _gammaRule;
    private readonly WeightRule _betaRule;

    private protected ScalingLayer(
        int axis, double epsilon, bool center, bool scale, WeightRule gamma, WeightRule beta, Shape? inputShape, string? name)
        : base(name, inputShape)
    {
        (Axis, Epsilon, Center, Scale) = (axis, epsilon, center, scale);
        (_gammaRule, _betaRule) = (gamma, beta);
        SupportsMasking = true;
        InputSpec = new InputSpec(MinRank: 2, Axes: "batch, …, features");
    }

    /// <summary>The axis of gamma and beta.</summary>
    public int Axis { get; }

    /// <summary>What is added to the variance.</summary>
    public double Epsilon { get; }

    /// <summary>Whether there is a beta.</summary>
    public bool Center { get; }

    /// <summary>Whether there is a gamma.</summary>
    public bool Scale { get; }

    /// <summary>The first values of beta.</summary>
    public Initializer BetaInitializer => _betaRule.Initializer;

    /// <summary>The first values of gamma.</summary>
    public Initializer GammaInitializer => _gammaRule.Initializer;

    /// <summary>What beta costs.</summary>
    public Regularizer? BetaRegularizer => _betaRule.Regularizer;

    /// <summary>What gamma costs.</summary>
    public Regularizer? GammaRegularizer => _gammaRule.Regularizer;

    /// <summary>What beta keeps to.</summary>
    public Constraint? BetaConstraint => _betaRule.Constraint;

    /// <summary>What gamma keeps to.</summary>
    public Constraint? GammaConstraint => _gammaRule.Constraint;

    private protected Variable? Gamma { get; private set; }

    private protected Variable? Beta { get; private set; }

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        InputSpec.Check(this, inputShape, from: null);
        return inputShape;
    }

    /// <inheritdoc/>
    protected override void Build(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        Shape features = [inputShape[Place(inputShape)]];
        if (Scale)
            Gamma = AddRuled("gamma", features, _gammaRule);
        if (Center)
            Beta = AddRuled("beta", features, _betaRule);
        if (Place(inputShape) == inputShape.Rank - 1)
            InputSpec = InputSpec with { Features = features[0] };
    }

    private protected int Place(Shape shape)
    {
        var place = Axis < 0 ? Axis + shape.Rank : Axis;
        return place >= 0 && place < shape.Rank ? place : throw new ArgumentException($"{Name}: {shape} has no axis {Axis}.");
    }
}
