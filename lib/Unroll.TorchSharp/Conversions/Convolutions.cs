using TorchSharp;
using Unroll.Layers;
using Unroll.TorchSharp.Plans;
using static System.FormattableString;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Unroll.TorchSharp.Conversions;

/// <summary>Windows along time: Conv1D, MaxPooling1D and AveragePooling1D. Keras has features last, torch has them before time.</summary>
internal static class Convolutions
{
    public static IReadOnlyList<Value> Conv1D(PlanBuilder plan, Layer layer, IReadOnlyList<Value> inputs)
    {
        var conv = (Conv1D)layer;
        var part = plan.PartOf(layer, "", name => ConvPart(conv, name));
        var window = new Windows(conv.KernelSize, conv.Strides, conv.DilationRate, conv.Padding);
        var x = Padded(plan, FeaturesFirst(plan, inputs[0]), window, 0, "0");
        x = plan.Map(x, 3, x => ((global::TorchSharp.Modules.Conv1d)part.Module).call(x), x => $"{part.Name}.call({x})");
        return [Activations.Add(plan, layer, conv.Activation, FeaturesFirst(plan, x))];
    }

    public static IReadOnlyList<Value> MaxPooling1D(PlanBuilder plan, Layer layer, IReadOnlyList<Value> inputs)
    {
        var pool = (MaxPooling1D)layer;
        var part = plan.PartOf(layer, "", name => new Part(
            name,
            "MaxPool1d",
            Invariant($"nn.MaxPool1d({pool.PoolSize}, {pool.Strides})"),
            () => torch.nn.MaxPool1d(pool.PoolSize, pool.Strides),
            [],
            layer));
        var window = new Windows(pool.PoolSize, pool.Strides, 1, pool.Padding);
        var x = Padded(plan, FeaturesFirst(plan, inputs[0]), window, double.NegativeInfinity, "double.NegativeInfinity");
        x = plan.Map(x, 3, x => ((global::TorchSharp.Modules.MaxPool1d)part.Module).call(x), x => $"{part.Name}.call({x})");
        return [FeaturesFirst(plan, x)];
    }

    /// <summary>What lies outside of the sequence does not count: the sums of the windows are divided by those of ones.</summary>
    public static IReadOnlyList<Value> AveragePooling1D(PlanBuilder plan, Layer layer, IReadOnlyList<Value> inputs)
    {
        var pool = (AveragePooling1D)layer;
        var part = plan.PartOf(layer, "", name => new Part(
            name,
            "AvgPool1d",
            Invariant($"nn.AvgPool1d({pool.PoolSize}, {pool.Strides})"),
            () => torch.nn.AvgPool1d(pool.PoolSize, pool.Strides),
            [],
            layer));
        var window = new Windows(pool.PoolSize, pool.Strides, 1, pool.Padding);
        var x = FeaturesFirst(plan, inputs[0]);
        Value Pooled(Value values) => plan.Map(
            Padded(plan, values, window, 0, "0"), 3, x => ((global::TorchSharp.Modules.AvgPool1d)part.Module).call(x), x => $"{part.Name}.call({x})");
        var means = Pooled(x);
        if (pool.Padding != "valid")
        {
            var shares = Pooled(plan.Map(x, 3, x => torch.ones_like(x), x => $"ones_like({x})"));
            means = plan.Join([means, shares], 3, all => all[0] / all[1], names => $"{names[0]} / {names[1]}");
        }

        return [FeaturesFirst(plan, means)];
    }

    private static Part ConvPart(Conv1D conv, string name)
    {
        var features = conv.Weights[0].Shape[1];
        var options = string.Concat(
            conv.Strides > 1 ? Invariant($", stride: {conv.Strides}") : "",
            conv.DilationRate > 1 ? Invariant($", dilation: {conv.DilationRate}") : "",
            conv.UseBias ? "" : ", bias: false");
        TorchSharpWeight[] weights = conv.UseBias
            ? [new(conv.Weights[0], "weight", 2, 1, 0), new(conv.Weights[1], "bias")]
            : [new(conv.Weights[0], "weight", 2, 1, 0)];
        return new Part(
            name,
            "Conv1d",
            Invariant($"nn.Conv1d({features}, {conv.Filters}, {conv.KernelSize}{options})"),
            () => torch.nn.Conv1d(features, conv.Filters, conv.KernelSize, stride: conv.Strides, dilation: conv.DilationRate, bias: conv.UseBias),
            weights,
            conv);
    }

    /// <summary>(batch, time, features) to (batch, features, time), and back.</summary>
    private static Value FeaturesFirst(PlanBuilder plan, Value x) => plan.Map(x, 3, x => x.transpose(1, 2), x => $"{x}.transpose(1, 2)");

    private static Value Padded(PlanBuilder plan, Value x, Windows window, double value, string code)
    {
        var (padding, span, stride) = (window.Padding, window.Span, window.Stride);
        if (padding is "valid" || span == 1)
            return x;
        if (padding is "causal")
            return plan.Map(x, 3, x => Pad(x, span - 1, 0, value), x => Invariant($"nn.functional.pad({x}, ({span - 1}, 0), value: {code})"));
        if (stride == 1)
        {
            var (before, after) = ((span - 1) / 2, span - 1 - (span - 1) / 2);
            return plan.Map(x, 3, x => Pad(x, before, after, value), x => Invariant($"nn.functional.pad({x}, ({before}, {after}), value: {code})"));
        }

        // With greater strides the zeros depend on the length: as many as the last window lacks, one more after than before.
        return plan.Map(x, 3, x => PadSame(x, span, stride, value), x => Invariant($"PadSame({x}, {span}, {stride}, {code})"));
    }

    private static TorchTensor PadSame(TorchTensor x, long span, long stride, double value)
    {
        var length = x.size(2);
        var total = Math.Max(0, (length - 1) / stride * stride + span - length);
        return Pad(x, total / 2, (total + 1) / 2, value);
    }

    private static TorchTensor Pad(TorchTensor x, long before, long after, double value) => torch.nn.functional.pad(x, (before, after), value: value);

    private sealed record Windows(int Size, int Stride, int Dilation, string Padding)
    {
        public long Span => (Size - 1L) * Dilation + 1;
    }
}
