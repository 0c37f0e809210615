namespace Unroll.Benchmarks.Peers;

/// <summary>
/// A request's network as an ONNX model, from <c>x</c> to <c>y</c>, with the lengths of masked sequences; a stream has
/// <c>h0</c>, <c>c0</c>, … of each layer as inputs and <c>h0_next</c>, … as outputs.
/// </summary>
internal sealed class OnnxNetwork
{
    private readonly OnnxGraph _graph = new();
    private readonly Request _request;
    private readonly List<string> _states = [];

    public OnnxNetwork(Request request)
    {
        _request = request;
        Layout = OnnxLayout.Of(request);
        _graph.Input("x", HasWords ? OnnxGraph.Element.Int64 : OnnxGraph.Element.Float, [.. Layout.Input]);
        if (request.Lengths is not null)
            _graph.Input("lengths", OnnxGraph.Element.Int32, request.Batch);
        var value = "x";
        foreach (var (i, layer) in request.Layers.Index())
            value = Add(layer, value, i == request.Layers.Count - 1);
        _graph.Output("y", [.. Layout.Output]);
    }

    public OnnxLayout Layout { get; }

    /// <summary>The states' inputs; each comes back with _next at its name.</summary>
    public IReadOnlyList<string> States => _states;

    public bool HasWords => _request.Layers[0].Kind == "embedding";

    public byte[] ToArray() => _graph.ToArray();

    private string Add(LayerRequest layer, string value, bool isLast)
    {
        switch (layer.Kind)
        {
            case "embedding":
                _graph.Node("Gather", [_graph.Constant("words", [layer.Inputs, layer.Units], layer.Weights[0]), value], ["embedded"]);
                return "embedded";
            case "conv":
                Convolution(layer, value);
                return "y";
            case "attention":
                Attention(layer, value);
                return "y";
            default:
                for (var i = 0; i < layer.Count; i++)
                    value = Recurrent(layer, i, value, isLast && i == layer.Count - 1);
                return value;
        }
    }

    /// <summary>Keras' kernels are (size, inputs, filters), ONNX' (filters, inputs, size).</summary>
    private void Convolution(LayerRequest layer, string value)
    {
        var (before, all) = ((layer.Size - 1) / 2, layer.Size - 1);
        var kernel = Axes.Permuted(layer.Weights[0], [layer.Size, layer.Inputs, layer.Units], [2, 1, 0]);
        _graph.Node(
            "Conv",
            [value, _graph.Constant("w", [layer.Units, layer.Inputs, layer.Size], kernel), _graph.Constant("b", [layer.Units], layer.Weights[1])],
            ["y"],
            OnnxGraph.Attribute("kernel_shape", [layer.Size]),
            OnnxGraph.Attribute("pads", [before, all - before]));
    }

    /// <summary>ONNX Runtime's own operator, which its tools put in place of the products and the softmax.</summary>
    private void Attention(LayerRequest layer, string value)
    {
        var (size, weights) = (layer.Units, layer.Weights);
        // Kernels and biases of query, key and value in turn become one (size, 3 · size), and one bias.
        float[] kernels = Axes.Permuted([.. weights[0], .. weights[2], .. weights[4]], [3, size, size], [1, 0, 2]);
        float[] biases = [.. weights[1], .. weights[3], .. weights[5]];
        _graph.OwnNode(
            "Attention",
            [value, _graph.Constant("w", [size, 3 * size], kernels), _graph.Constant("b", [3 * size], biases)],
            ["looks"],
            OnnxGraph.Attribute("num_heads", layer.Size));
        _graph.Node("MatMul", ["looks", _graph.Constant("out", [size, size], weights[6])], ["products"]);
        _graph.Node("Add", ["products", _graph.Constant("bias", [size], weights[7])], ["y"]);
    }

    private string Recurrent(LayerRequest layer, int number, string value, bool isLast)
    {
        var (batch, time, units, directions) = (_request.Batch, _request.Time, layer.Units, layer.Directions);
        var weights = new OnnxRecurrentWeights(layer, number);
        var inputs = number == 0 ? layer.Inputs : directions * units;
        var gates = weights.Gates * units;
        string[] states = layer.Kind == "lstm" ? [$"h{number}", $"c{number}"] : [$"h{number}"];
        if (_request.IsStream)
        {
            foreach (var state in states)
            {
                _graph.Input(state, OnnxGraph.Element.Float, directions, batch, units);
                _graph.Output($"{state}_next", directions, batch, units);
                _states.Add(state);
            }
        }

        var output = isLast ? "y" : $"y{number}";
        _graph.Node(
            layer.Kind.ToUpperInvariant(),
            [
                value,
                _graph.Constant($"w{number}", [directions, gates, inputs], weights.Kernel),
                _graph.Constant($"r{number}", [directions, gates, units], weights.Recurrent),
                _graph.Constant($"b{number}", [directions, 2 * gates], weights.Bias),
                _request.Lengths is null ? "" : "lengths",
                .. _request.IsStream ? states : [],
            ],
            [output, .. _request.IsStream ? states.Select(state => $"{state}_next") : []],
            [
                OnnxGraph.Attribute("hidden_size", units),
                OnnxGraph.Attribute("direction", directions == 2 ? "bidirectional" : "forward"),
                // As Keras' reset_after.
                .. layer.Kind == "gru" ? (byte[][])[OnnxGraph.Attribute("linear_before_reset", 1)] : [],
            ]);
        if (isLast)
            return output;

        // (time, directions, batch, units) becomes (time, batch, directions · units).
        if (directions == 2)
            _graph.Node("Transpose", [output], [output = $"{output}_turned"], OnnxGraph.Attribute("perm", [0, 2, 1, 3]));
        _graph.Node("Reshape", [output, _graph.Constant($"shape{number}", time, batch, directions * units)], [$"x{number + 1}"]);
        return $"x{number + 1}";
    }
}
