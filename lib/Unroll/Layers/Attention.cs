using Unroll.Initializers;

namespace Unroll.Layers;

/// <summary>
/// Looks up values by keys: <c>softmax(query · keyᵀ) · value</c> (Luong and others, 2015). Called on [query, value] or
/// [query, value, key], of shapes (batch, queries, size), (batch, steps, width) and (batch, steps, size); the output is
/// (batch, queries, width). Without a key, the values are their own keys. Steps that the mask of the values passes over are not
/// looked at; for a query that is masked the output is zeros, and bears that mask.
/// </summary>
public class Attention : Layer
{
    // As in Keras: a masked score is lower by so much, and its share of the softmax is 0.
    private const float Lower = 1e9f;
    private readonly RandomState? _generator;
    private readonly bool _scoresAreSums;
    private Variable? _sumWeight;

    /// <summary>Makes the layer; the arguments are Keras', of which the last two are arguments of the call there.</summary>
    /// <param name="useScale">Whether the scores are multiplied by a number that is learnt.</param>
    /// <param name="scoreMode"><c>dot</c>: query · key; <c>concat</c>: a learnt number times Σ tanh(query + key).</param>
    /// <param name="dropout">The share of looks set to 0 in training.</param>
    /// <param name="seed">A seed for dropout, or null to draw from the generator that <see cref="Backend.SetRandomSeed"/> seeds.</param>
    /// <param name="useCausalMask">Whether a query looks at no step after its own.</param>
    /// <param name="returnAttentionScores">Whether <c>ApplyAll</c> gives the softmax, (batch, queries, steps), after the output.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">scoreMode is unknown, or dropout is not within [0, 1).</exception>
    public Attention(
        bool useScale = false,
        string scoreMode = "dot",
        double dropout = 0,
        long? seed = null,
        bool useCausalMask = false,
        bool returnAttentionScores = false,
        string? name = null)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(scoreMode);
        UseScale = useScale;
        ScoreMode = scoreMode;
        _scoresAreSums = NearestName.Find(
            new Dictionary<string, bool>(StringComparer.Ordinal) { ["dot"] = false, ["concat"] = true }, scoreMode, "scoreMode");
        Dropout = Arguments.Rate(dropout, Name);
        UseCausalMask = useCausalMask;
        ReturnAttentionScores = returnAttentionScores;
        Seed = seed;
        if (seed is { } own)
            _generator = new RandomState(own);
        InputSpec = InputSpec.Sequence with { Axes = "batch, queries, size" };
    }

    /// <summary>Whether the scores are multiplied by what is learnt.</summary>
    public bool UseScale { get; }

    /// <summary>How a query and a key make a score.</summary>
    public string ScoreMode { get; }

    /// <summary>The share of looks set to 0 in training.</summary>
    public double Dropout { get; }

    /// <summary>The seed of its own random numbers, or null.</summary>
    public long? Seed { get; }

    /// <summary>Whether a query looks at no step after its own.</summary>
    public bool UseCausalMask { get; }

    /// <summary>Whether the softmax is given after the output.</summary>
    public bool ReturnAttentionScores { get; }

    internal override int? OutputCount => ReturnAttentionScores ? 2 : 1;

    internal override bool MakesMasks => false;

    private protected Variable? Scale { get; private set; }

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> ComputeOutputShapes(IReadOnlyList<Shape> inputShapes)
    {
        NullCheck.Items(inputShapes);
        CheckInputs(inputShapes, from: null);
        var (query, value) = (inputShapes[0], inputShapes[1]);
        var output = query.With(2, value.At(2));
        return ReturnAttentionScores ? [output, query.With(2, value.At(1))] : [output];
    }

    /// <inheritdoc/>
    protected override void BuildAll(IReadOnlyList<Shape> inputShapes)
    {
        NullCheck.Items(inputShapes);
        if (UseScale)
            Scale = AddScale(inputShapes[0]);
        if (_scoresAreSums)
            _sumWeight = AddWeight("concat_score_weight", [], new Ones());
    }

    /// <summary>The mask of the queries.</summary>
    protected override IReadOnlyList<Tensor?> ComputeMask(Tensors inputs, IReadOnlyList<Tensor?> previousMask)
    {
        ArgumentNullException.ThrowIfNull(previousMask);
        return [previousMask[0]];
    }

    /// <inheritdoc/>
    protected override Tensors CallAll(Tensors inputs, bool training)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var (query, value) = (inputs[0], inputs[1]);
        var scores = Scores(query, inputs.Count > 2 ? inputs[2] : value);
        if (Allowed(value.Mask, scores.Shape) is { } allowed)
            scores = Tensor.Where(allowed, scores, scores - Lower);
        var shares = scores.Softmax();
        if (training && Dropout > 0)
            shares *= Layers.Dropout.Mask(shares.Shape, Dropout, _generator);
        var output = shares.MatMul(value);
        if (query.Mask is { } mask)
            output = Tensor.Where(mask.ExpandDims(2), output, 0);
        return ReturnAttentionScores ? [output, shares] : output;
    }

    internal override void CheckInputs(IReadOnlyList<Shape> inputShapes, ITensorSource? from)
    {
        base.CheckInputs(inputShapes, from);
        if (inputShapes.Count is not (2 or 3))
            throw new ArgumentException($"{Name} takes [query, value] or [query, value, key] but got {Counted(inputShapes.Count)}.");
        foreach (var shape in inputShapes.Skip(1))
            InputSpec.Check(this, shape, from as Layer);
        AttentionShapes.Check(Name, inputShapes, sameSize: true);
    }

    /// <summary>What the scores are multiplied by.</summary>
    private protected virtual Variable AddScale(Shape query) => AddWeight("scale", [], new Ones());

    /// <summary>A number for each query and each key: (batch, queries, steps).</summary>
    private protected virtual Tensor Scores(Tensor query, Tensor key)
    {
        if (!_scoresAreSums)
        {
            var products = query.MatMul(key.MoveAxis(1, 2));
            return Scale is null ? products : products * Scale;
        }

        var sums = query.ExpandDims(2) + key.ExpandDims(1);
        return (Scale is null ? sums : sums * Scale).Tanh().Sum(3) * _sumWeight!;
    }

    /// <summary>1 where a query may look, broadcasting to the scores; null where it may look everywhere.</summary>
    private Tensor? Allowed(Tensor? valueMask, Shape scores)
    {
        var values = valueMask is null ? null : (1 - Tensor.Equal(valueMask, 0)).ExpandDims(1);
        var causal = UseCausalMask ? AttentionShapes.Causal(scores[1], scores[2]) : null;
        return values is not null && causal is not null ? values * causal : values ?? causal;
    }
}
