namespace Unroll.Keras.Onnx.Format;

/// <summary>What goes into a graph or comes out of it: its name, the type of its elements, and its axes.</summary>
/// <param name="name">The name.</param>
/// <param name="type">The elements.</param>
/// <param name="axes">The axes; null where nothing is known of the shape.</param>
internal sealed class ValueInfoProto(string name, ElementType type, IReadOnlyList<Axis>? axes) : Message
{
    protected override IEnumerable<Field> Fields() => [Field.Of(1, name), Field.Of(2, new TypeProto(type, axes))];

    private sealed class TypeProto(ElementType type, IReadOnlyList<Axis>? axes) : Message
    {
        protected override IEnumerable<Field> Fields() => [Field.Of(1, new TensorType(type, axes))];
    }

    private sealed class TensorType(ElementType type, IReadOnlyList<Axis>? axes) : Message
    {
        protected override IEnumerable<Field> Fields() => axes is null
            ? [Field.Of(1, (long)type)]
            : [Field.Of(1, (long)type), Field.Of(2, new TensorShape(axes))];
    }

    private sealed class TensorShape(IReadOnlyList<Axis> axes) : Message
    {
        protected override IEnumerable<Field> Fields() => axes.Select(axis => Field.Of(1, axis));
    }
}
