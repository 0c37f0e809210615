using TorchSharp;
using Unroll.Layers;
using Unroll.TorchSharp.Plans;
using static System.FormattableString;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Unroll.TorchSharp.Conversions;

/// <summary>Layers that are one function of each element: ReLU, LeakyReLU, ELU, Softmax, Rescaling.</summary>
internal static class ElementLayers
{
    public static IReadOnlyList<Value> ReLU(PlanBuilder plan, Layer layer, IReadOnlyList<Value> inputs)
    {
        var relu = (ReLU)layer;
        if (relu.Threshold != 0)
            throw Refusal.Of(layer, Invariant($"threshold {relu.Threshold}"), "its rectifiers begin at 0. Use threshold: 0, or the managed engine.");
        if (relu.MaxValue is { } max)
        {
            return relu.NegativeSlope == 0
                ? Map(plan, inputs, x => x.clamp(0, max), x => Invariant($"{x}.clamp(0, {max})"))
                : throw Refusal.Of(layer, Invariant($"maxValue {max} with negativeSlope {relu.NegativeSlope}"), "it has one or the other. Use the managed engine.");
        }

        return relu.NegativeSlope == 0 ? Map(plan, inputs, x => x.relu(), x => $"{x}.relu()") : Leaky(plan, inputs, relu.NegativeSlope);
    }

    public static IReadOnlyList<Value> LeakyReLU(PlanBuilder plan, Layer layer, IReadOnlyList<Value> inputs) =>
        Leaky(plan, inputs, ((LeakyReLU)layer).NegativeSlope);

    public static IReadOnlyList<Value> ELU(PlanBuilder plan, Layer layer, IReadOnlyList<Value> inputs)
    {
        var alpha = ((ELU)layer).Alpha;
        return Map(plan, inputs, x => torch.nn.functional.elu(x, alpha), x => Invariant($"nn.functional.elu({x}, {alpha})"));
    }

    public static IReadOnlyList<Value> Softmax(PlanBuilder plan, Layer layer, IReadOnlyList<Value> inputs)
    {
        var axis = ((Softmax)layer).Axis;
        return Map(plan, inputs, x => x.softmax(axis), x => Invariant($"{x}.softmax({axis})"));
    }

    public static IReadOnlyList<Value> Rescaling(PlanBuilder plan, Layer layer, IReadOnlyList<Value> inputs)
    {
        var (scale, offset) = (((Rescaling)layer).Scale, ((Rescaling)layer).Offset);
        return Map(plan, inputs, x => x * scale + offset, x => Invariant($"{x} * {scale} + {offset}"));
    }

    private static IReadOnlyList<Value> Leaky(PlanBuilder plan, IReadOnlyList<Value> inputs, double slope) =>
        Map(plan, inputs, x => torch.nn.functional.leaky_relu(x, slope), x => Invariant($"nn.functional.leaky_relu({x}, {slope})"));

    private static IReadOnlyList<Value> Map(PlanBuilder plan, IReadOnlyList<Value> inputs, Func<TorchTensor, TorchTensor> run, Func<string, string> code) =>
        [plan.Map(inputs[0], inputs[0].Rank, run, code)];
}
