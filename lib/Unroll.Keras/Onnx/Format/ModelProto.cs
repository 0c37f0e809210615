namespace Unroll.Keras.Onnx.Format;

/// <summary>A whole file: the versions, who wrote it, and the graph.</summary>
internal sealed class ModelProto(long irVersion, long opset, string producer, string producerVersion, GraphProto graph) : Message
{
    protected override IEnumerable<Field> Fields() =>
    [
        Field.Of(1, irVersion),
        Field.Of(2, producer),
        Field.Of(3, producerVersion),
        Field.Of(7, graph),
        Field.Of(8, new OperatorSet(opset)),
    ];

    /// <summary>The operators of ONNX itself, whose domain is the empty one.</summary>
    private sealed class OperatorSet(long version) : Message
    {
        protected override IEnumerable<Field> Fields() => [Field.Of(1, ""), Field.Of(2, version)];
    }
}
