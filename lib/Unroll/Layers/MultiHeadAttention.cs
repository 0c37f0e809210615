using Unroll.Compute;
using Unroll.Constraints;
using Unroll.Initializers;
using Unroll.Regularizers;

namespace Unroll.Layers;

/// <summary>
/// Several looks at once (Vaswani and others, 2017): each head h has its own query, key and value,
/// <code>
/// head = softmax(q · kᵀ / √keyDim) · v,  q = query · Wq[h] + bq[h], and k, v likewise;  output = Σ head · Wo[h] + bo
/// </code>
/// Called on [query, value] or [query, value, key], of shapes (batch, queries, …), (batch, steps, …); the output is (batch,
/// queries, size of the query). Self-attention is a call on [x, x]. Steps that a mask passes over are not looked at; the output
/// bears the query's mask. Weights as in Keras: kernels of query and key (size, numHeads, keyDim), of value (size, numHeads,
/// valueDim), of the output (numHeads, valueDim, size), each before its bias.
/// </summary>
public sealed class MultiHeadAttention : KernelLayer
{
    private const float Lower = 1e9f;
    private readonly RandomState? _generator;
    private Head _query;
    private Head _key;
    private Head _value;
    private Head _output;

    /// <summary>Makes the layer; the arguments are Keras', of which useCausalMask and returnAttentionScores are arguments of the call there.</summary>
    /// <param name="numHeads">How many heads there are.</param>
    /// <param name="keyDim">The length of a head's query and key.</param>
    /// <param name="valueDim">The length of a head's value. Default: keyDim.</param>
    /// <param name="dropout">The share of looks set to 0 in training.</param>
    /// <param name="useBias">Whether there are biases.</param>
    /// <param name="outputShape">The length of the last axis of the output. Default: the query's.</param>
    /// <param name="kernelInitializer">For the kernels. Default: glorotUniform.</param>
    /// <param name="biasInitializer">For the biases. Default: zeros.</param>
    /// <param name="kernelRegularizer">What the kernels cost. Default: nothing.</param>
    /// <param name="biasRegularizer">What the biases cost. Default: nothing.</param>
    /// <param name="kernelConstraint">What the kernels keep to. Default: nothing.</param>
    /// <param name="biasConstraint">What the biases keep to. Default: nothing.</param>
    /// <param name="seed">A seed for dropout, or null to draw from the generator that <see cref="Backend.SetRandomSeed"/> seeds.</param>
    /// <param name="useCausalMask">Whether a query looks at no step after its own.</param>
    /// <param name="returnAttentionScores">Whether <c>ApplyAll</c> gives the softmax, (batch, numHeads, queries, steps), after the output.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">A number is not positive, or dropout is not within [0, 1).</exception>
    public MultiHeadAttention(
        int numHeads,
        int keyDim,
        int? valueDim = null,
        double dropout = 0,
        bool useBias = true,
        int? outputShape = null,
        Initializer? kernelInitializer = null,
        Initializer? biasInitializer = null,
        Regularizer? kernelRegularizer = null,
        Regularizer? biasRegularizer = null,
        Constraint? kernelConstraint = null,
        Constraint? biasConstraint = null,
        long? seed = null,
        bool useCausalMask = false,
        bool returnAttentionScores = false,
        string? name = null)
        : base(
            useBias,
            new(kernelInitializer ?? new GlorotUniform(), kernelRegularizer, kernelConstraint),
            new(biasInitializer ?? new Zeros(), biasRegularizer, biasConstraint),
            inputShape: null,
            name)
    {
        NumHeads = Arguments.Positive(numHeads, Name);
        KeyDim = Arguments.Positive(keyDim, Name);
        ValueDim = Arguments.Positive(valueDim ?? keyDim, Name, nameof(valueDim));
        Dropout = Arguments.Rate(dropout, Name);
        OutputShape = outputShape is { } size ? Arguments.Positive(size, Name, nameof(outputShape)) : null;
        (UseCausalMask, ReturnAttentionScores, SupportsMasking) = (useCausalMask, returnAttentionScores, true);
        Seed = seed;
        if (seed is { } own)
            _generator = new RandomState(own);
        InputSpec = InputSpec.WeighedSequence with { Axes = "batch, queries, size" };
    }

    /// <summary>How many heads there are.</summary>
    public int NumHeads { get; }

    /// <summary>The length of a head's query and key.</summary>
    public int KeyDim { get; }

    /// <summary>The length of a head's value.</summary>
    public int ValueDim { get; }

    /// <summary>The share of looks set to 0 in training.</summary>
    public double Dropout { get; }

    /// <summary>The length of the output's last axis; null for that of the query.</summary>
    public int? OutputShape { get; }

    /// <summary>The seed of its own random numbers, or null.</summary>
    public long? Seed { get; }

    /// <summary>Whether a query looks at no step after its own.</summary>
    public bool UseCausalMask { get; }

    /// <summary>Whether the softmax is given after the output.</summary>
    public bool ReturnAttentionScores { get; }

    private float Scale => (float)(1 / Math.Sqrt(KeyDim));

    internal override int? OutputCount => ReturnAttentionScores ? 2 : 1;

    internal override bool MakesMasks => false;

    internal override string Kind => $"{ClassName} · {NumHeads} heads";

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> ComputeOutputShapes(IReadOnlyList<Shape> inputShapes)
    {
        NullCheck.Items(inputShapes);
        CheckInputs(inputShapes, from: null);
        var (query, value) = (inputShapes[0], inputShapes[1]);
        var output = query.With(2, OutputShape ?? query.At(2));
        return ReturnAttentionScores ? [output, Shape.Create([query.At(0), NumHeads, query.At(1), value.At(1)])] : [output];
    }

    /// <inheritdoc/>
    protected override void BuildAll(IReadOnlyList<Shape> inputShapes)
    {
        NullCheck.Items(inputShapes);
        var (query, value, key) = (inputShapes[0], inputShapes[1], inputShapes[^1]);
        _query = AddHead("query", [query[2], NumHeads, KeyDim], [NumHeads, KeyDim]);
        _key = AddHead("key", [key[2], NumHeads, KeyDim], [NumHeads, KeyDim]);
        _value = AddHead("value", [value[2], NumHeads, ValueDim], [NumHeads, ValueDim]);
        var size = OutputShape ?? query[2];
        _output = AddHead("attention_output", [NumHeads, ValueDim, size], [size]);
        InputSpec = InputSpec with { Features = query[2] };
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
        var (query, value, key) = (inputs[0], inputs[1], inputs[^1]);
        var allowed = Allowed(query, value, inputs.Count > 2 ? key : null);
        var (q, k, v) = (Projected(query, _query), Projected(key, _key), Projected(value, _value));
        var scoreCount = (long)query.Shape[0] * NumHeads * query.Shape[1] * value.Shape[1];

        // No scores, or more than a tensor holds, are refused by the operations.
        if (allowed is null && scoreCount > 0 && scoreCount <= Array.MaxLength && !ReturnAttentionScores && !(training && Dropout > 0) && !GradientTape.IsNested)
            return Output(Fused(q, k, v));
        var scores = (Heads(q, _query) * Scale).MatMul(Heads(k, _key).MoveAxis(2, 3));
        if (allowed is not null)
            scores = Tensor.Where(allowed.ExpandDims(1), scores, scores - Lower);
        var shares = scores.Softmax();
        var used = training && Dropout > 0 ? shares * Layers.Dropout.Mask(shares.Shape, Dropout, _generator) : shares;

        // (batch, heads, queries, valueDim), with the heads of a query side by side again.
        var looks = used.MatMul(Heads(v, _value)).MoveAxis(1, 2).Viewed(Shape.Of(query.Shape[0], query.Shape[1], NumHeads * ValueDim));
        var output = Output(looks);
        return ReturnAttentionScores ? [output, shares] : output;
    }

    internal override void CheckInputs(IReadOnlyList<Shape> inputShapes, ITensorSource? from)
    {
        base.CheckInputs(inputShapes, from);
        if (inputShapes.Count is not (2 or 3))
        {
            throw new ArgumentException(
                $"{Name} takes [query, value] or [query, value, key] but got {Counted(inputShapes.Count)}. Self-attention is a call on [x, x].");
        }

        var sequence = InputSpec.WeighedSequence with { Axes = "batch, steps, size" };
        foreach (var shape in inputShapes.Skip(1))
            sequence.Check(this, shape, from as Layer);
        AttentionShapes.Check(Name, inputShapes, sameSize: false);
    }

    private Head AddHead(string name, Shape kernel, Shape bias) =>
        new(AddRuled($"{name}/kernel", kernel, KernelRule), UseBias ? AddRuled($"{name}/bias", bias, BiasRule) : null);

    /// <summary>(batch, time, size) for all heads, side by side: (batch, time, heads · length).</summary>
    private static Tensor Projected(Tensor x, Head head)
    {
        var size = head.Kernel.Shape[1] * head.Kernel.Shape[2];
        return x.Affine(head.Kernel.Value.Viewed(Shape.Of(x.Shape[2], size)), head.Bias?.Value.Viewed(Shape.Of(size)));
    }

    /// <summary>The heads apart: (batch, heads, time, length).</summary>
    private static Tensor Heads(Tensor projected, Head head) =>
        projected.Viewed(Shape.Of(projected.Shape[0], projected.Shape[1], head.Kernel.Shape[1], head.Kernel.Shape[2])).MoveAxis(1, 2);

    private Tensor Output(Tensor looks)
    {
        var kernel = _output.Kernel.Value;
        return looks.Affine(kernel.Viewed(Shape.Of(NumHeads * ValueDim, kernel.Shape[2])), _output.Bias);
    }

    /// <summary>What the queries see where they may look everywhere: one kernel with its own derivative.</summary>
    private Tensor Fused(Tensor q, Tensor k, Tensor v)
    {
        var sizes = new AttentionSizes(q.Shape[0], NumHeads, q.Shape[1], k.Shape[1], KeyDim, ValueDim);
        var output = Tensor.Unwritten(Shape.Of(sizes.Batch, sizes.Queries, NumHeads * ValueDim));
        var shares = GradientTape.Follows(q, k, v) ? GC.AllocateUninitializedArray<float>(sizes.Batch * NumHeads * sizes.Queries * sizes.Keys) : [];
        AttentionKernel.Forward(sizes, Scale, q.Memory, k.Memory, v.Memory, shares, output.Memory);
        if (shares.Length > 0)
        {
            GradientTape.Record([output], [q, k, v], (gradients, _, _) =>
            {
                Tensor dQ = Tensor.Unwritten(q.Shape), dK = Tensor.Unwritten(k.Shape), dV = Tensor.Unwritten(v.Shape);
                AttentionKernel.Backward(
                    sizes, Scale, q.Memory, k.Memory, v.Memory, shares, gradients[0]!.Memory, dQ.Memory, dK.Memory, dV.Memory);
                return [dQ, dK, dV];
            });
        }

        return output;
    }

    /// <summary>1 where a query may look, (batch or 1, queries or 1, steps or 1); null where it may look everywhere.</summary>
    private Tensor? Allowed(Tensor query, Tensor value, Tensor? key)
    {
        Tensor?[] masks =
        [
            query.Mask?.ExpandDims(2), value.Mask?.ExpandDims(1), key?.Mask?.ExpandDims(1),
            UseCausalMask ? AttentionShapes.Causal(query.Shape[1], value.Shape[1]) : null,
        ];
        return masks.Aggregate((all, mask) => all is null || mask is null ? all ?? mask : all * mask);
    }

    [System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
    private readonly record struct Head(Variable Kernel, Variable? Bias);
}
