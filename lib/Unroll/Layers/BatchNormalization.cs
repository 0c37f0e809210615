using Unroll.Constraints;
using Unroll.Initializers;
using Unroll.Regularizers;

namespace Unroll.Layers;

/// <summary>
/// Normalizes each feature over a batch (Ioffe and Szegedy, 2015):
/// <code>
/// y = gamma * (x - mean) / √(variance + epsilon) + beta
/// </code>
/// In training, mean and variance are those of the batch, over all axes but one; otherwise moving ones, which each training
/// call draws nearer to the batch's: moving = moving * momentum + batch's * (1 - momentum). A frozen layer does not move them.
/// Steps that a mask passes over do not count. Weights, each as long as the axis: gamma, beta, and moving_mean and
/// moving_variance, which no optimizer trains.
/// </summary>
public sealed class BatchNormalization : ScalingLayer
{
    private const float LeastCount = 1e-7f;
    private Variable _movingMean = null!;
    private Variable _movingVariance = null!;

    /// <summary>Makes the layer; the arguments are Keras'.</summary>
    /// <param name="axis">The axis of the features, which is not averaged over.</param>
    /// <param name="momentum">How much of the moving mean and variance a training call keeps.</param>
    /// <param name="epsilon">What is added to the variance.</param>
    /// <param name="center">Whether there is a beta.</param>
    /// <param name="scale">Whether there is a gamma.</param>
    /// <param name="betaInitializer">For beta. Default: zeros.</param>
    /// <param name="gammaInitializer">For gamma. Default: ones.</param>
    /// <param name="movingMeanInitializer">For the moving mean. Default: zeros.</param>
    /// <param name="movingVarianceInitializer">For the moving variance. Default: ones.</param>
    /// <param name="betaRegularizer">What beta costs. Default: nothing.</param>
    /// <param name="gammaRegularizer">What gamma costs. Default: nothing.</param>
    /// <param name="betaConstraint">What beta keeps to. Default: nothing.</param>
    /// <param name="gammaConstraint">What gamma keeps to. Default: nothing.</param>
    /// <param name="inputShape">The shape of one sample, where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    public BatchNormalization(
        int axis = -1,
        double momentum = 0.99,
        double epsilon = 1e-3,
        bool center = true,
        bool scale = true,
        Initializer? betaInitializer = null,
        Initializer? gammaInitializer = null,
        Initializer? movingMeanInitializer = null,
        Initializer? movingVarianceInitializer = null,
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
        Momentum = momentum;
        MovingMeanInitializer = movingMeanInitializer ?? new Zeros();
        MovingVarianceInitializer = movingVarianceInitializer ?? new Ones();
    }

    /// <summary>How much of the moving mean and variance a training call keeps.</summary>
    public double Momentum { get; }

    /// <summary>The first values of the moving mean.</summary>
    public Initializer MovingMeanInitializer { get; }

    /// <summary>The first values of the moving variance.</summary>
    public Initializer MovingVarianceInitializer { get; }

    /// <inheritdoc/>
    protected override void Build(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        base.Build(inputShape);
        Shape features = [inputShape[Place(inputShape)]];
        _movingMean = AddWeight("moving_mean", features, MovingMeanInitializer, trainable: false);
        _movingVariance = AddWeight("moving_variance", features, MovingVarianceInitializer, trainable: false);
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        Span<int> along = stackalloc int[input.Rank];
        along.Fill(1);
        along[Place(input.Shape)] = _movingMean.Shape[0];
        int[] axes = [.. along];
        Tensor mean = _movingMean.Value.Reshape(axes), variance = _movingVariance.Value.Reshape(axes);
        if (training && Trainable)
        {
            (mean, variance) = Moments(input);
            Move(_movingMean, mean);
            Move(_movingVariance, variance);
        }

        var result = (input - mean) / (variance + Epsilon).Sqrt();
        if (Gamma is not null)
            result *= Gamma.Value.Reshape(axes);
        if (Beta is not null)
            result += Beta.Value.Reshape(axes);
        return result;
    }

    internal override IEnumerable<Action> StateKeepers()
    {
        if (!Built)
            return [];
        var kept = (Tensor[])[_movingMean.Value.Copy(), _movingVariance.Value.Copy()];
        return
        [
            () =>
            {
                _movingMean.Assign(kept[0]);
                _movingVariance.Assign(kept[1]);
            },
        ];
    }

    private void Move(Variable moving, Tensor found)
    {
        if (ShapeTrial.IsRunning)
            return;
        using var silence = ActiveTapes.Pause();
        moving.Assign(moving.Value * Momentum + found.Reshape(moving.Shape[0]) * (1 - Momentum));
    }

    /// <summary>Mean and variance over all axes but one, which stay with length 1.</summary>
    private (Tensor Mean, Tensor Variance) Moments(Tensor input)
    {
        int[] others = [.. Enumerable.Range(0, input.Rank).Where(axis => axis != Place(input.Shape))];
        if (input.Mask is not { } mask)
        {
            var mean = Sum(input, others) / (input.Size / Math.Max(1, _movingMean.Shape[0]));
            var variance = Sum((input - mean).Square(), others) / (input.Size / Math.Max(1, _movingMean.Shape[0]));
            return (mean, variance);
        }

        if (mask.Rank != input.Rank - 1 || Place(input.Shape) != input.Rank - 1)
            throw new ArgumentException($"{Name}: a mask {mask.Shape} needs input with one axis more, the features last, but got {input.Shape}.");
        var counts = (1 - Tensor.Equal(mask, 0)).ExpandDims(-1);
        var count = Sum(counts, others) + LeastCount;
        var masked = Sum(Tensor.Where(counts, input, 0), others) / count;
        return (masked, Sum(Tensor.Where(counts, (input - masked).Square(), 0), others) / count);
    }

    private static Tensor Sum(Tensor values, int[] axes) => axes.Aggregate(values, (sum, axis) => sum.Sum(axis, keepDims: true));
}
