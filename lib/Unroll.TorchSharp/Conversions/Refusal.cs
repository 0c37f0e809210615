using Unroll.Layers;

namespace Unroll.TorchSharp.Conversions;

/// <summary>How a conversion says that TorchSharp's modules cannot do something: the layer, the argument, and what to do.</summary>
internal static class Refusal
{
    public static NotSupportedException Of(Layer layer, string argument, string why) => new(Text(layer, argument, why));

    public static string Text(Layer layer, string argument, string why) =>
        $"{layer.Name} ({layer.GetType().Name}): {argument} cannot be expressed in TorchSharp: {why}";
}
