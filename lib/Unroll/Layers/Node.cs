namespace Unroll.Layers;

/// <summary>One call of a layer in a graph: what went in, what came out. A shared layer has several.</summary>
internal sealed class Node
{
    private Node(Layer layer, KerasTensors inputs)
    {
        Layer = layer;
        Inputs = inputs;
    }

    public Layer Layer { get; }

    public KerasTensors Inputs { get; }

    public KerasTensors Outputs { get; private set; } = KerasTensors.Create([]);

    /// <summary>Calls a layer on symbolic tensors.</summary>
    public static KerasTensors Connect(Layer layer, KerasTensors inputs, IReadOnlyList<Shape> outputShapes)
    {
        var node = new Node(layer, inputs);
        node.Outputs = outputShapes.Select(shape => new KerasTensor(shape, node)).ToArray();
        return node.Outputs;
    }

    /// <summary>The start of a graph.</summary>
    public static Node Start(InputLayer layer, KerasTensor output) =>
        new(layer, KerasTensors.Create([])) { Outputs = output };
}
