namespace Unroll.Keras.Onnx.Format;

/// <summary>One operation. An input that is left out has the empty name.</summary>
internal sealed class NodeProto(
    string name, string operation, IReadOnlyList<string> inputs, IReadOnlyList<string> outputs, IReadOnlyList<AttributeProto> attributes) : Message
{
    protected override IEnumerable<Field> Fields() =>
    [
        .. inputs.Select(input => Field.Of(1, input)),
        .. outputs.Select(output => Field.Of(2, output)),
        Field.Of(3, name),
        Field.Of(4, operation),
        .. attributes.Select(attribute => Field.Of(5, attribute)),
    ];
}
