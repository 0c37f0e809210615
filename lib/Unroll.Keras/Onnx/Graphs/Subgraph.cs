using Unroll.Keras.Onnx.Format;

namespace Unroll.Keras.Onnx.Graphs;

/// <summary>The body of a loop. Its nodes may read what is made outside.</summary>
internal sealed class Subgraph(string name)
{
    public string Name => name;

    public List<GraphNode> Nodes { get; } = [];

    public List<(Wire Wire, ElementType Type, Shape Shape)> Inputs { get; } = [];

    public List<(Wire Wire, ElementType Type, Shape Shape)> Outputs { get; } = [];

    public IEnumerable<Wire> Read => Nodes.SelectMany(node => node.Read).Concat(Outputs.Select(output => output.Wire));
}
