using Unroll.Layers;

namespace Unroll.Keras.Onnx.Conversions;

/// <summary>How a conversion says that ONNX cannot hold something: the layer, the argument, and what to do.</summary>
internal static class Refusal
{
    public static NotSupportedException Of(Layer layer, string what, string advice) =>
        new($"{layer.Name} ({layer.ClassName}): {what} cannot be written as ONNX. {advice}");
}
