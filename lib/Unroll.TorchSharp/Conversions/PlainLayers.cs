using TorchSharp;
using Unroll.Layers;
using Unroll.TorchSharp.Plans;
using static System.FormattableString;

namespace Unroll.TorchSharp.Conversions;

/// <summary>Layers without a sequence of their own: Dense, Activation, Dropout, Flatten, Reshape, Concatenate.</summary>
internal static class PlainLayers
{
    public static IReadOnlyList<Value> Dense(PlanBuilder plan, Layer layer, IReadOnlyList<Value> inputs)
    {
        var dense = (Dense)layer;
        var part = plan.PartOf(layer, "", name => DensePart(dense, name));
        var x = plan.Map(inputs[0], inputs[0].Rank, x => ((global::TorchSharp.Modules.Linear)part.Module).call(x), x => $"{part.Name}.call({x})");
        return [Activations.Add(plan, layer, dense.Activation, x)];
    }

    public static IReadOnlyList<Value> Activation(PlanBuilder plan, Layer layer, IReadOnlyList<Value> inputs) =>
        [Activations.Add(plan, layer, ((Activation)layer).Function, inputs[0])];

    public static IReadOnlyList<Value> Dropout(PlanBuilder plan, Layer layer, IReadOnlyList<Value> inputs)
    {
        var dropout = (Dropout)layer;
        if (dropout.Rate == 0)
            return inputs;
        if (dropout.NoiseShape is not null)
            plan.RefuseTraining(Refusal.Text(layer, $"noiseShape {dropout.NoiseShape}", "its Dropout draws for each element. Train with the managed engine."));
        if (dropout.Seed is not null)
        {
            plan.RefuseTraining(Refusal.Text(
                layer, "seed", "torch draws from one generator. Leave it out, and call torch.manual_seed, or train with the managed engine."));
        }

        var part = plan.PartOf(layer, "", name => new Part(
            name, "Dropout", Invariant($"nn.Dropout({dropout.Rate})"), () => torch.nn.Dropout(dropout.Rate), [], layer));
        return
        [
            plan.Map(inputs[0], inputs[0].Rank, x => ((global::TorchSharp.Modules.Dropout)part.Module).call(x), x => $"{part.Name}.call({x})"),
        ];
    }

    public static IReadOnlyList<Value> Flatten(PlanBuilder plan, Layer layer, IReadOnlyList<Value> inputs) =>
        inputs[0].Rank > 1
            ? [plan.Map(inputs[0], 2, x => x.flatten(1), x => $"{x}.flatten(1)")]
            : [plan.Map(inputs[0], 2, x => x.unsqueeze(1), x => $"{x}.unsqueeze(1)")];

    public static IReadOnlyList<Value> Reshape(PlanBuilder plan, Layer layer, IReadOnlyList<Value> inputs)
    {
        long[] target = [.. ((Reshape)layer).TargetShape];
        return
        [
            plan.Map(
                inputs[0],
                1 + target.Length,
                x => x.reshape([x.shape[0], .. target]),
                x => $"{x}.reshape({string.Join(", ", target.Select(length => Invariant($"{length}")).Prepend($"{x}.size(0)"))})"),
        ];
    }

    public static IReadOnlyList<Value> Concatenate(PlanBuilder plan, Layer layer, IReadOnlyList<Value> inputs)
    {
        var axis = ((Concatenate)layer).Axis;
        return [plan.Join(inputs, inputs[0].Rank, all => torch.cat(all, axis), names => Invariant($"cat([{string.Join(", ", names)}], {axis})"))];
    }

    private static Part DensePart(Dense dense, string name)
    {
        var (features, units) = (dense.Weights[0].Shape[0], dense.Units);
        TorchSharpWeight[] weights = dense.UseBias
            ? [new(dense.Weights[0], "weight", 1, 0), new(dense.Weights[1], "bias")]
            : [new(dense.Weights[0], "weight", 1, 0)];
        return new Part(
            name,
            "Linear",
            Invariant($"nn.Linear({features}, {units}{(dense.UseBias ? "" : ", hasBias: false")})"),
            () => torch.nn.Linear(features, units, dense.UseBias),
            weights,
            dense);
    }
}
