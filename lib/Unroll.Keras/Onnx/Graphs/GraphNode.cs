namespace Unroll.Keras.Onnx.Graphs;

/// <summary>One operation, before the wires have names.</summary>
/// <param name="Scope">The layer that it belongs to, with those that it is within.</param>
/// <param name="Operation">ONNX' name of the operation.</param>
/// <param name="Inputs">What it takes; null for an input that is left out.</param>
/// <param name="Outputs">What it gives.</param>
/// <param name="Attributes">Its arguments by their names.</param>
internal sealed record GraphNode(
    string Scope, string Operation, IReadOnlyList<Wire?> Inputs, IReadOnlyList<Wire> Outputs, IReadOnlyList<(string Name, object Value)> Attributes)
{
    /// <summary>The steps within, where the operation is a loop.</summary>
    public Subgraph? Body => Attributes.Select(attribute => attribute.Value).OfType<Subgraph>().FirstOrDefault();

    /// <summary>All that the node reads; what its body takes from outside is part of it.</summary>
    public IEnumerable<Wire> Read => Inputs.OfType<Wire>().Concat(Body?.Read ?? []);
}
