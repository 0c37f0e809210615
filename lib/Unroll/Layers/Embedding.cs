using Unroll.Constraints;
using Unroll.Initializers;
using Unroll.Regularizers;

namespace Unroll.Layers;

/// <summary>
/// Turns whole numbers into vectors: (batch, time) of numbers from 0 up to, not including, inputDim becomes
/// (batch, time, outputDim), the rows of a table with these numbers. Weights: embeddings (inputDim, outputDim).
/// </summary>
/// <example><code>new Embedding(inputDim: 1000, outputDim: 16, maskZero: true)</code></example>
public sealed class Embedding : Layer
{
    private readonly WeightRule _rule;
    private Variable _embeddings = null!;

    /// <summary>Makes the layer; the arguments are Keras'.</summary>
    /// <param name="inputDim">How many different numbers there are, 0 among them.</param>
    /// <param name="outputDim">The length of a vector.</param>
    /// <param name="embeddingsInitializer">For the table. Default: uniform between -0.05 and 0.05.</param>
    /// <param name="embeddingsRegularizer">What the table costs. Default: nothing.</param>
    /// <param name="embeddingsConstraint">What the table keeps to. Default: nothing.</param>
    /// <param name="maskZero">Whether 0 is padding: the result bears a mask, and recurrent layers pass these steps over.</param>
    /// <param name="inputShape">The shape of one sample, (time,), where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">A number is not positive.</exception>
    public Embedding(
        int inputDim,
        int outputDim,
        Initializer? embeddingsInitializer = null,
        Regularizer? embeddingsRegularizer = null,
        Constraint? embeddingsConstraint = null,
        bool maskZero = false,
        Shape? inputShape = null,
        string? name = null)
        : base(name, inputShape)
    {
        InputDim = Arguments.Positive(inputDim, Name);
        OutputDim = Arguments.Positive(outputDim, Name);
        _rule = new WeightRule(embeddingsInitializer ?? new RandomUniform(), embeddingsRegularizer, embeddingsConstraint);
        MaskZero = maskZero;
        SupportsMasking = maskZero;
        InputSpec = new InputSpec(MinRank: 1, Axes: "batch, …");
    }

    /// <summary>How many different numbers there are, 0 among them.</summary>
    public int InputDim { get; }

    /// <summary>The length of a vector.</summary>
    public int OutputDim { get; }

    /// <summary>Whether 0 is padding.</summary>
    public bool MaskZero { get; }

    /// <summary>The first values of the vectors.</summary>
    public Initializer EmbeddingsInitializer => _rule.Initializer;

    /// <summary>What the vectors cost.</summary>
    public Regularizer? EmbeddingsRegularizer => _rule.Regularizer;

    /// <summary>What the vectors keep to.</summary>
    public Constraint? EmbeddingsConstraint => _rule.Constraint;

    internal override string Kind => $"{ClassName} · {InputDim} → {OutputDim}";

    internal override bool MakesMasks => MaskZero;

    /// <inheritdoc/>
    public override Shape ComputeOutputShape(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        InputSpec.Check(this, inputShape, from: null);
        return Shape.Create([.. inputShape, OutputDim]);
    }

    /// <summary>With <see cref="MaskZero"/>, 1 where the number is not 0.</summary>
    protected override IReadOnlyList<Tensor?> ComputeMask(Tensors inputs, IReadOnlyList<Tensor?> previousMask)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return MaskZero ? [1 - Tensor.Equal(inputs[0], 0)] : [];
    }

    /// <inheritdoc/>
    protected override void Build(Shape inputShape) => _embeddings = AddRuled("embeddings", [InputDim, OutputDim], _rule);

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        var rows = new int[input.Size];
        for (var i = 0; i < rows.Length; i++)
            rows[i] = RowOf(input.Values[i], i, input.Shape);
        return _embeddings.Value.Rows(rows, input.Shape);
    }

    private int RowOf(float number, int place, Shape shape) => number >= 0 && number < InputDim && number == MathF.Floor(number)
        ? (int)number
        : throw new ArgumentException(
            FormattableString.Invariant($"{Name} expects whole numbers from 0 to {InputDim - 1} but got {number}, element {place} of {shape}. ") +
            (number == MathF.Floor(number) && number >= InputDim
                ? FormattableString.Invariant($"Make it with inputDim: {number + 1} or more.")
                : "Give it the numbers of tokens, not their vectors."));
}
