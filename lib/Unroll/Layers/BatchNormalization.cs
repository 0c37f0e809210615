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
public sealed class BatchNormalization : Layer
{
    private const float LeastCount = 1e-7f;
    private readonly WeightRule[] _rules;
    private Variable? _gamma;
    private Variable? _beta;
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
        : base(name, inputShape)
    {
        (Axis, Momentum, Epsilon, Center, Scale) = (axis, momentum, epsilon, center, scale);
        _rules =
        [
            new(gammaInitializer ?? new Ones(), gammaRegularizer, gammaConstraint),
            new(betaInitializer ?? new Zeros(), betaRegularizer, betaConstraint),
            new(movingMeanInitializer ?? new Zeros(), null, null),
            new(movingVarianceInitializer ?? new Ones(), null, null),
        ];
        SupportsMasking = true;
        InputSpec = new InputSpec(MinRank: 2, Axes: "batch, …, features");
    }

    /// <summary>The axis of the features.</summary>
    public int Axis { get; }

    /// <summary>How much of the moving mean and variance a training call keeps.</summary>
    public double Momentum { get; }

    /// <summary>What is added to the variance.</summary>
    public double Epsilon { get; }

    /// <summary>Whether there is a beta.</summary>
    public bool Center { get; }

    /// <summary>Whether there is a gamma.</summary>
    public bool Scale { get; }

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
            _gamma = AddRuled("gamma", features, _rules[0]);
        if (Center)
            _beta = AddRuled("beta", features, _rules[1]);
        _movingMean = AddWeight("moving_mean", features, _rules[2].Initializer, trainable: false);
        _movingVariance = AddWeight("moving_variance", features, _rules[3].Initializer, trainable: false);
        if (Place(inputShape) == inputShape.Rank - 1)
            InputSpec = InputSpec with { Features = features[0] };
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
        if (_gamma is not null)
            result *= _gamma.Value.Reshape(axes);
        if (_beta is not null)
            result += _beta.Value.Reshape(axes);
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

    private int Place(Shape shape)
    {
        var place = Axis < 0 ? Axis + shape.Rank : Axis;
        return place >= 0 && place < shape.Rank ? place : throw new ArgumentException($"{Name}: {shape} has no axis {Axis}.");
    }
}
