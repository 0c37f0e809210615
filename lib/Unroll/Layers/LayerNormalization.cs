using Unroll.Constraints;
using Unroll.Initializers;
using Unroll.Regularizers;

namespace Unroll.Layers;

/// <summary>
/// Normalizes each row of features by itself (Ba and others, 2016): <c>y = gamma * (x - mean) / √(variance + epsilon) + beta</c>,
/// with mean and variance along one axis. Weights, each as long as the axis: gamma, beta.
/// </summary>
public sealed class LayerNormalization : ScalingLayer
{
    /// <summary>Makes the layer; the arguments are Keras', of which axis is one number here.</summary>
    /// <param name="axis">The axis to normalize along.</param>
    /// <param name="epsilon">What is added to the variance.</param>
    /// <param name="center">Whether there is a beta.</param>
    /// <param name="scale">Whether there is a gamma.</param>
    /// <param name="betaInitializer">For beta. Default: zeros.</param>
    /// <param name="gammaInitializer">For gamma. Default: ones.</param>
    /// <param name="betaRegularizer">What beta costs. Default: nothing.</param>
    /// <param name="gammaRegularizer">What gamma costs. Default: nothing.</param>
    /// <param name="betaConstraint">What beta keeps to. Default: nothing.</param>
    /// <param name="gammaConstraint">What gamma keeps to. Default: nothing.</param>
    /// <param name="inputShape">The shape of one sample, where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    public LayerNormalization(
        int axis = -1,
        double epsilon = 1e-3,
        bool center = true,
        bool scale = true,
        Initializer? betaInitializer = null,
        Initializer? gammaInitializer = null,
        Regularizer? betaRegularizer = null,
        Regularizer? gammaRegularizer = null,
        Constraint? betaConstraint = null,
        Constraint? gammaConstraint = null,
        Shape? inputShape = null,
        string? name = null)
        : base(
            axis,
            epsilon,
            center,
            scale,
            new(gammaInitializer ?? new Ones(), gammaRegularizer, gammaConstraint),
            new(betaInitializer ?? new Zeros(), betaRegularizer, betaConstraint),
            inputShape,
            name)
    {
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        var place = Place(input.Shape);
        var centered = input - input.Mean(place, keepDims: true);
        var result = centered / (centered.Square().Mean(place, keepDims: true) + Epsilon).Sqrt();
        if (Gamma is not null)
            result *= Along(Gamma, input.Rank, place);
        if (Beta is not null)
            result += Along(Beta, input.Rank, place);
        return result;
    }

    private static Tensor Along(Variable weight, int rank, int place)
    {
        var axes = Enumerable.Repeat(1, rank).ToArray();
        axes[place] = weight.Shape[0];
        return weight.Value.Reshape(axes);
    }
}
