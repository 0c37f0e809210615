using TorchSharp;
using Unroll.Layers;
using Unroll.TorchSharp.Plans;
using static System.FormattableString;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Unroll.TorchSharp.Conversions;

/// <summary>Embedding as nn.Embedding, and layers that are one call of torch's.</summary>
internal static class SmallLayers
{
    private static readonly Dictionary<Type, (Func<TorchTensor, TorchTensor, TorchTensor> Run, string Code)> Merges = new()
    {
        [typeof(Add)] = ((a, b) => a + b, "{0} + {1}"),
        [typeof(Subtract)] = ((a, b) => a - b, "{0} - {1}"),
        [typeof(Multiply)] = ((a, b) => a * b, "{0} * {1}"),
        [typeof(Average)] = ((a, b) => a + b, "{0} + {1}"),
        [typeof(Maximum)] = (torch.maximum, "maximum({0}, {1})"),
        [typeof(Minimum)] = (torch.minimum, "minimum({0}, {1})"),
    };

    public static IReadOnlyList<Value> Embedding(PlanBuilder plan, Layer layer, IReadOnlyList<Value> inputs)
    {
        var embedding = (Embedding)layer;
        if (embedding.MaskZero)
            throw Refusal.Of(layer, "maskZero: true", "its recurrent layers take no mask. Use the managed engine.");
        var part = plan.PartOf(layer, "", name => new Part(
            name,
            "Embedding",
            Invariant($"nn.Embedding({embedding.InputDim}, {embedding.OutputDim})"),
            () => torch.nn.Embedding(embedding.InputDim, embedding.OutputDim),
            [new TorchSharpWeight(embedding.Weights[0], "weight")],
            layer));
        return
        [
            plan.Map(
                inputs[0],
                inputs[0].Rank + 1,
                x => ((global::TorchSharp.Modules.Embedding)part.Module).call(x.to(torch.int64)),
                x => $"{part.Name}.call({x}.to(int64))"),
        ];
    }

    public static IReadOnlyList<Value> RepeatVector(PlanBuilder plan, Layer layer, IReadOnlyList<Value> inputs)
    {
        var n = ((RepeatVector)layer).N;
        return [plan.Map(inputs[0], 3, x => x.unsqueeze(1).repeat(1, n, 1), x => Invariant($"{x}.unsqueeze(1).repeat(1, {n}, 1)"))];
    }

    public static IReadOnlyList<Value> Permute(PlanBuilder plan, Layer layer, IReadOnlyList<Value> inputs)
    {
        long[] order = [0, .. ((Permute)layer).Dims.Select(axis => (long)axis)];
        var axes = string.Join(", ", order.Select(axis => Invariant($"{axis}")));
        return [plan.Map(inputs[0], inputs[0].Rank, x => x.permute(order), x => $"{x}.permute({axes})")];
    }

    public static IReadOnlyList<Value> GlobalAverage(PlanBuilder plan, Layer layer, IReadOnlyList<Value> inputs)
    {
        var keep = ((GlobalAveragePooling1D)layer).Keepdims;
        return
        [
            plan.Map(inputs[0], keep ? 3 : 2, x => x.mean([1], keep), x => $"{x}.mean([1], {(keep ? "true" : "false")})"),
        ];
    }

    public static IReadOnlyList<Value> GlobalMax(PlanBuilder plan, Layer layer, IReadOnlyList<Value> inputs)
    {
        var keep = ((GlobalMaxPooling1D)layer).Keepdims;
        return
        [
            plan.Map(inputs[0], keep ? 3 : 2, x => x.amax([1], keep), x => $"{x}.amax([1], {(keep ? "true" : "false")})"),
        ];
    }

    public static IReadOnlyList<Value> Merge(PlanBuilder plan, Layer layer, IReadOnlyList<Value> inputs)
    {
        if (inputs.Any(input => input.Rank != inputs[0].Rank))
            throw Refusal.Of(layer, "inputs of different ranks", "it lines axes up from the last one. Give them as many axes first, with Reshape.");
        var (run, code) = Merges[layer.GetType()];
        var isMean = layer is Average;
        return
        [
            plan.Join(
                inputs,
                inputs[0].Rank,
                all => Mean(all.Length == 1 ? all[0].alias() : all.Aggregate(run), isMean ? all.Length : 1),
                names => Text(code, names, isMean)),
        ];
    }

    private static TorchTensor Mean(TorchTensor sum, int count) => count == 1 ? sum : sum / count;

    /// <summary>The operations are all of one kind, and left to right: no brackets are needed.</summary>
    private static string Text(string code, string[] names, bool isMean)
    {
        var text = names[0];
        for (var i = 1; i < names.Length; i++)
            text = string.Format(System.Globalization.CultureInfo.InvariantCulture, code, text, names[i]);
        return isMean && names.Length > 1 ? Invariant($"({text}) / {names.Length}") : text;
    }
}
