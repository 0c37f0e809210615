using Unroll.Keras.Onnx.Graphs;
using Unroll.Layers;

namespace Unroll.Keras.Onnx.Conversions;

/// <summary>Activation functions: as operations, and as the words that ONNX' recurrent operations know.</summary>
internal static class Activations
{
    private static readonly Dictionary<string, Func<GraphBuilder, Value, Value>> Known = new(StringComparer.Ordinal)
    {
        ["linear"] = (_, x) => x,
        ["tanh"] = (graph, x) => graph.Unary("Tanh", x),
        ["sigmoid"] = (graph, x) => graph.Unary("Sigmoid", x),
        ["hardSigmoid"] = (graph, x) => graph.Unary("HardSigmoid", x, ("alpha", 0.2f), ("beta", 0.5f)),
        ["hardSigmoid3"] = (graph, x) => graph.Unary("HardSigmoid", x, ("alpha", 1 / 6f), ("beta", 0.5f)),
        ["relu"] = (graph, x) => graph.Unary("Relu", x),
        ["softmax"] = (graph, x) => graph.Unary("Softmax", x, ("axis", -1L)),
        ["elu"] = (graph, x) => graph.Unary("Elu", x, ("alpha", 1f)),
        ["selu"] = (graph, x) => graph.Unary("Selu", x, ("alpha", 1.67326324f), ("gamma", 1.05070098f)),
        ["softplus"] = (graph, x) => graph.Unary("Softplus", x),
        ["softsign"] = (graph, x) => graph.Unary("Softsign", x),
        ["exponential"] = (graph, x) => graph.Unary("Exp", x),
        ["gelu"] = Gelu,
        ["swish"] = Swish,
        ["silu"] = Swish,
        ["leakyRelu"] = (graph, x) => graph.Unary("LeakyRelu", x, ("alpha", 0.2f)),
        ["relu6"] = (graph, x) => graph.Add("Clip", x.Shape, [x, graph.Number(0), graph.Number(6)]),
        ["mish"] = (graph, x) => graph.Times(x, graph.Unary("Tanh", graph.Unary("Softplus", x))),
        ["hardSilu"] = (graph, x) => graph.Unary("HardSwish", x),
        ["hardSwish"] = (graph, x) => graph.Unary("HardSwish", x),
        ["logSoftmax"] = (graph, x) => graph.Unary("LogSoftmax", x, ("axis", -1L)),
        ["celu"] = (graph, x) => graph.Unary("Elu", x, ("alpha", 1f)),
        ["logSigmoid"] = (graph, x) => graph.Unary("Neg", graph.Unary("Softplus", graph.Unary("Neg", x))),
        ["tanhShrink"] = (graph, x) => graph.Minus(x, graph.Unary("Tanh", x)),
        ["sparsePlus"] = SparsePlus,
    };

    /// <summary>
    /// Those that ONNX' LSTM, GRU and RNN have as words, with alpha and beta where they take them. Softplus is one of them too,
    /// but ONNX Runtime's overflows there.
    /// </summary>
    private static readonly Dictionary<string, Word> Words = new(StringComparer.Ordinal)
    {
        ["linear"] = new("Affine", 1, 0),
        ["tanh"] = new("Tanh"),
        ["sigmoid"] = new("Sigmoid"),
        ["hardSigmoid"] = new("HardSigmoid", 0.2f, 0.5f),
        ["hardSigmoid3"] = new("HardSigmoid", 1 / 6f, 0.5f),
        ["relu"] = new("Relu"),
        ["leakyRelu"] = new("LeakyRelu", 0.2f),
        ["elu"] = new("Elu", 1),
        ["celu"] = new("Elu", 1),
        ["softsign"] = new("Softsign"),
    };

    /// <summary>The function of each element.</summary>
    /// <exception cref="NotSupportedException">It is one of the user's own.</exception>
    public static Value Apply(GraphBuilder graph, Layer layer, ActivationFunction function, Value x)
    {
        if (IsKnown(function, Known))
            return Known[function.Name](graph, x);
        if (function.Layer is { } computes)
            return LayerConversions.Convert(graph, computes, [x.Unmasked])[0];
        throw Refusal.Of(
            layer,
            $"activation \"{function.Name}\", a function in C#,",
            "Use one of the library's, or no activation and after the layer Ops on symbolic tensors.");
    }

    /// <summary>How a recurrent operation calls it; null where it has no word for it.</summary>
    public static Word? WordOf(ActivationFunction function) => IsKnown(function, Words) ? Words[function.Name] : null;

    private static bool IsKnown<T>(ActivationFunction function, Dictionary<string, T> known) => function.IsOwn && known.ContainsKey(function.Name);

    private static Value Gelu(GraphBuilder graph, Value x)
    {
        var error = graph.Unary("Erf", graph.Times(x, graph.Number((float)(1 / Math.Sqrt(2)))));
        return graph.Times(graph.Times(x, graph.Number(0.5f)), graph.Plus(error, graph.Number(1)));
    }

    private static Value Swish(GraphBuilder graph, Value x) => graph.Times(x, graph.Unary("Sigmoid", x));

    private static Value SparsePlus(GraphBuilder graph, Value x)
    {
        var one = graph.Number(1);
        var above = graph.Unary("Relu", graph.Plus(x, one));
        return graph.Where(graph.Binary("Greater", x, one), x, graph.Over(graph.Times(above, above), graph.Number(4)));
    }

    /// <param name="Name">ONNX' name.</param>
    /// <param name="Alpha">Its first number; null where it takes none.</param>
    /// <param name="Beta">Its second number; null where it takes none.</param>
    internal sealed record Word(string Name, float? Alpha = null, float? Beta = null);
}
