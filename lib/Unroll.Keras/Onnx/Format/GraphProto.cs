namespace Unroll.Keras.Onnx.Format;

/// <summary>Nodes in an order in which each finds its inputs made, the constants they read, and what goes in and out.</summary>
internal sealed class GraphProto(
    string name,
    IReadOnlyList<NodeProto> nodes,
    IReadOnlyList<TensorProto> initializers,
    IReadOnlyList<ValueInfoProto> inputs,
    IReadOnlyList<ValueInfoProto> outputs) : Message
{
    protected override IEnumerable<Field> Fields() =>
    [
        .. nodes.Select(node => Field.Of(1, node)),
        Field.Of(2, name),
        .. initializers.Select(tensor => Field.Of(5, tensor)),
        .. inputs.Select(input => Field.Of(11, input)),
        .. outputs.Select(output => Field.Of(12, output)),
    ];
}
