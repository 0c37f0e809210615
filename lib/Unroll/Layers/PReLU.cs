using Unroll.Constraints;
using Unroll.Initializers;
using Unroll.Regularizers;

namespace Unroll.Layers;

/// <summary>
/// x where it is above 0, and alpha · x elsewhere, with an alpha for each element of a sample that training finds (He and
/// others, 2015). Weights: alpha, of the shape of one sample, with 1 for each shared axis.
/// </summary>
public sealed class PReLU : Layer
{
    private readonly WeightRule _alphaRule;
    private readonly int[]? _sharedAxes;
    private Variable _alpha = null!;

    /// <summary>Makes the layer; the arguments are Keras'.</summary>
    /// <param name="alphaInitializer">For alpha. Default: zeros.</param>
    /// <param name="alphaRegularizer">What alpha costs. Default: nothing.</param>
    /// <param name="alphaConstraint">What alpha keeps to. Default: nothing.</param>
    /// <param name="sharedAxes">
    /// The axes along which there is one alpha, counted from 1 after the batch: <c>[1]</c> of (batch, time, features) for all
    /// steps of a sequence, whose number may be unknown then. Default: none.
    /// </param>
    /// <param name="inputShape">The shape of one sample, where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">A shared axis is below 1.</exception>
    public PReLU(
        Initializer? alphaInitializer = null,
        Regularizer? alphaRegularizer = null,
        Constraint? alphaConstraint = null,
        int[]? sharedAxes = null,
        Shape? inputShape = null,
        string? name = null)
        : base(name, inputShape)
    {
        if (sharedAxes?.FirstOrDefault(axis => axis < 1, 1) is < 1)
            throw new ArgumentException($"{Name}: sharedAxes ({string.Join(", ", sharedAxes)}) must be 1 or more; axis 0 is the batch.");
        _alphaRule = new(alphaInitializer ?? new Zeros(), alphaRegularizer, alphaConstraint);
        _sharedAxes = sharedAxes?.ToArray();
        SupportsMasking = true;
        InputSpec = new InputSpec(MinRank: 2, Axes: "batch, …, features");
    }

    /// <summary>The first values of alpha.</summary>
    public Initializer AlphaInitializer => _alphaRule.Initializer;

    /// <summary>What alpha costs.</summary>
    public Regularizer? AlphaRegularizer => _alphaRule.Regularizer;

    /// <summary>What alpha keeps to.</summary>
    public Constraint? AlphaConstraint => _alphaRule.Constraint;

    /// <summary>The axes along which there is one alpha; null for none.</summary>
    public IReadOnlyList<int>? SharedAxes => _sharedAxes;

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
        if (_sharedAxes?.FirstOrDefault(axis => axis >= inputShape.Rank) is { } far and > 0)
            throw new ArgumentException($"{Name}: sharedAxes holds {far}, but {inputShape} has axes 1 to {inputShape.Rank - 1} after the batch.");
        _alpha = AddRuled("alpha", [.. Enumerable.Range(1, inputShape.Rank - 1).Select(axis => AlphasAlong(axis, inputShape))], _alphaRule);
        InputSpec = InputSpec with { Rank = inputShape.Rank };
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        for (var axis = 1; axis < input.Rank; axis++)
        {
            if (!IsShared(axis) && input.Shape[axis] != _alpha.Shape[axis - 1])
            {
                throw new ArgumentException(
                    $"{Name} has an alpha for each of {_alpha.Shape[axis - 1]} places of axis {axis}, but got {input.Shape}. " +
                    $"Give it such input, or make it with sharedAxes: [{axis}].");
            }
        }

        return input.Relu() - _alpha.Value * (-input).Relu();
    }

    private bool IsShared(int axis) => _sharedAxes?.Contains(axis) is true;

    private int AlphasAlong(int axis, Shape input) => IsShared(axis) ? 1 : input.At(axis) ?? throw new ArgumentException(
        $"{Name} makes an alpha for each place of axis {axis}, but its length is unknown: {input}. Give it one, or use sharedAxes: [{axis}].");
}
