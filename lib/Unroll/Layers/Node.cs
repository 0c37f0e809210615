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
        node.Outputs = KerasTensors.Create([.. outputShapes.Select(shape => new KerasTensor(shape, node))]);
        return node.Outputs;
    }

    /// <summary>The start of a graph.</summary>
    public static Node Start(InputLayer layer, KerasTensor output) =>
        new(layer, KerasTensors.Create([])) { Outputs = output };

    /// <summary>Checks that a call gives as many tensors as the layer had said.</summary>
    public void CheckOutputs(int count)
    {
        if (count != Outputs.Count)
        {
            throw new InvalidOperationException(
                $"{Layer.Name} gives {Layer.Counted(count)}, but its shapes were computed for {Outputs.Count}. " +
                $"Override ComputeOutputShapes in {Layer.GetType().Name}.");
        }
    }
}
