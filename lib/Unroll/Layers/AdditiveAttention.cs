using Unroll.Initializers;

namespace Unroll.Layers;

/// <summary>
/// Looks up values by keys with the scores <c>Σ scale * tanh(query + key)</c> (Bahdanau and others, 2015). Inputs, output and
/// masks are those of <see cref="Attention"/>. Weights: scale (size,).
/// </summary>
public sealed class AdditiveAttention : Attention
{
    /// <summary>Makes the layer; the arguments are Keras', of which the last two are arguments of the call there.</summary>
    /// <param name="useScale">Whether there is a scale that is learnt; without one it is 1.</param>
    /// <param name="dropout">The share of looks set to 0 in training.</param>
    /// <param name="seed">A seed for dropout, or null to draw from the generator that <see cref="Backend.SetRandomSeed"/> seeds.</param>
    /// <param name="useCausalMask">Whether a query looks at no step after its own.</param>
    /// <param name="returnAttentionScores">Whether <c>ApplyAll</c> gives the softmax, (batch, queries, steps), after the output.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">dropout is not within [0, 1).</exception>
    public AdditiveAttention(
        bool useScale = true,
        double dropout = 0,
        long? seed = null,
        bool useCausalMask = false,
        bool returnAttentionScores = false,
        string? name = null)
        : base(useScale, "dot", dropout, seed, useCausalMask, returnAttentionScores, name)
    {
    }

    private protected override Variable AddScale(Shape query) => AddWeight("scale", [query[2]], new GlorotUniform());

    private protected override Tensor Scores(Tensor query, Tensor key)
    {
        var sums = (query.ExpandDims(2) + key.ExpandDims(1)).Tanh();
        return (Scale is null ? sums : sums * Scale).Sum(3);
    }
}
