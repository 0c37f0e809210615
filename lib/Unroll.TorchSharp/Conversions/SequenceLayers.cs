using TorchSharp;
using Unroll.Layers;
using Unroll.TorchSharp.Plans;
using static System.FormattableString;

namespace Unroll.TorchSharp.Conversions;

/// <summary>Layers that make a sequence longer, shorter or noisier, LayerNormalization, and attention by dot products.</summary>
internal static class SequenceLayers
{
    public static IReadOnlyList<Value> ZeroPadding1D(PlanBuilder plan, Layer layer, IReadOnlyList<Value> inputs)
    {
        var (before, after) = ((ZeroPadding1D)layer).Padding;
        return
        [
            plan.Map(
                inputs[0],
                3,
                x => torch.nn.functional.pad(x, [0, 0, before, after]),
                x => Invariant($"nn.functional.pad({x}, [0, 0, {before}, {after}])")),
        ];
    }

    public static IReadOnlyList<Value> Cropping1D(PlanBuilder plan, Layer layer, IReadOnlyList<Value> inputs)
    {
        var (before, after) = ((Cropping1D)layer).Cropping;
        return
        [
            plan.Map(
                inputs[0],
                3,
                x => x.narrow(1, before, x.size(1) - before - after),
                x => Invariant($"{x}.narrow(1, {before}, {x}.size(1) - {before + after})")),
        ];
    }

    public static IReadOnlyList<Value> UpSampling1D(PlanBuilder plan, Layer layer, IReadOnlyList<Value> inputs)
    {
        var size = ((UpSampling1D)layer).Size;
        return [plan.Map(inputs[0], 3, x => x.repeat_interleave(size, 1), x => Invariant($"{x}.repeat_interleave({size}, 1)"))];
    }

    /// <summary>Without training, noise passes by.</summary>
    public static IReadOnlyList<Value> Noise(PlanBuilder plan, Layer layer, IReadOnlyList<Value> inputs)
    {
        var what = layer is GaussianNoise noise ? Invariant($"stddev {noise.Stddev}") : Invariant($"rate {((SpatialDropout1D)layer).Rate}");
        plan.RefuseTraining(Refusal.Text(layer, what, "its conversion adds no noise in training. Train with the managed engine."));
        return inputs;
    }

    public static IReadOnlyList<Value> LayerNormalization(PlanBuilder plan, Layer layer, IReadOnlyList<Value> inputs)
    {
        var norm = (LayerNormalization)layer;
        if (norm.Axis != -1 && norm.Axis != inputs[0].Rank - 1)
            throw Refusal.Of(layer, Invariant($"axis {norm.Axis}"), "its LayerNorm takes the last axes. Put a Permute before it and after it.");
        if (norm.Center && !norm.Scale)
            throw Refusal.Of(layer, "scale: false", "its LayerNorm has a bias only with a weight. Use scale: true, or center: false too.");
        var part = plan.PartOf(layer, "", name => NormPart(norm, name));
        return
        [
            plan.Map(
                inputs[0],
                inputs[0].Rank,
                x => ((global::TorchSharp.Modules.LayerNorm)part.Module).call(x),
                x => $"{part.Name}.call({x})"),
        ];
    }

    public static IReadOnlyList<Value> Attention(PlanBuilder plan, Layer layer, IReadOnlyList<Value> inputs)
    {
        var attention = (Attention)layer;
        if (attention is AdditiveAttention || attention.ScoreMode != "dot" || attention.UseScale)
            throw Refusal.Of(layer, attention is AdditiveAttention ? "additive scores" : "its scores", "torch has dot products alone. Use the managed engine.");
        if (attention.UseCausalMask || attention.ReturnAttentionScores)
            throw Refusal.Of(layer, attention.UseCausalMask ? "useCausalMask: true" : "returnAttentionScores: true", "its conversion has neither. Use the managed engine.");
        if (attention.Dropout > 0)
            plan.RefuseTraining(Refusal.Text(layer, Invariant($"dropout {attention.Dropout}"), "its conversion drops no scores in training. Train with the managed engine."));
        var (query, value, key) = (inputs[0], inputs[1], inputs.Count > 2 ? inputs[2] : inputs[1]);
        return
        [
            plan.Join(
                [query, value, key],
                3,
                all => all[0].matmul(all[2].transpose(1, 2)).softmax(-1).matmul(all[1]),
                names => $"{names[0]}.matmul({names[2]}.transpose(1, 2)).softmax(-1).matmul({names[1]})"),
        ];
    }

    private static Part NormPart(LayerNormalization norm, string name)
    {
        var features = norm.Weights.Count > 0 ? norm.Weights[0].Shape[0] : throw Refusal.Of(
            norm, "scale: false and center: false", "its conversion reads the number of features from the weights. Leave scale or center on.");
        TorchSharpWeight[] weights = norm.Center
            ? [new(norm.Weights[0], "weight"), new(norm.Weights[1], "bias")]
            : [new(norm.Weights[0], "weight")];
        return new Part(
            name,
            "LayerNorm",
            Invariant($"nn.LayerNorm({features}, {norm.Epsilon}{(norm.Center ? "" : ", bias: false")})"),
            () => torch.nn.LayerNorm(features, norm.Epsilon, bias: norm.Center),
            weights,
            norm);
    }
}
