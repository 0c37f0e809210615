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
        ["elu"] = new("Elu", 1),
        ["softsign"] = new("Softsign"),
    };

    /// <summary>The function of each element.</summary>
    /// <exception cref="NotSupportedException">It is one of the user's own.</exception>
    public static Value Apply(GraphBuilder graph, Layer layer, ActivationFunction function, Value x) => IsKnown(function, Known)
        ? Known[function.Name](graph, x)
        : throw Refusal.Of(
            layer,
            $"activation \"{function.Name}\", a function in C#,",
            "Use one of the library's, or no activation and after the layer Ops on symbolic tensors.");

    /// <summary>How a recurrent operation calls it; null where it has no word for it.</summary>
    public static Word? WordOf(ActivationFunction function) => IsKnown(function, Words) ? Words[function.Name] : null;

    private static bool IsKnown<T>(ActivationFunction function, Dictionary<string, T> known) => function.IsOwn && known.ContainsKey(function.Name);

    private static Value Gelu(GraphBuilder graph, Value x)
    {
        var error = graph.Unary("Erf", graph.Times(x, graph.Number((float)(1 / Math.Sqrt(2)))));
        return graph.Times(graph.Times(x, graph.Number(0.5f)), graph.Plus(error, graph.Number(1)));
    }

    private static Value Swish(GraphBuilder graph, Value x) => graph.Times(x, graph.Unary("Sigmoid", x));

    /// <param name="Name">ONNX' name.</param>
    /// <param name="Alpha">Its first number; null where it takes none.</param>
    /// <param name="Beta">Its second number; null where it takes none.</param>
    internal sealed record Word(string Name, float? Alpha = null, float? Beta = null);
}
