namespace Unroll.Keras.Onnx.Format;

/// <summary>A named argument of a node: a number, a word, several of them, or a graph.</summary>
internal sealed class AttributeProto : Message
{
    private readonly string _name;
    private readonly Field[] _value;
    private readonly int _type;

    private AttributeProto(string name, int type, params Field[] value) => (_name, _type, _value) = (name, type, value);

    public AttributeProto(string name, float value)
        : this(name, 1, Field.Of(2, value))
    {
    }

    public AttributeProto(string name, long value)
        : this(name, 2, Field.Of(3, value))
    {
    }

    public AttributeProto(string name, string value)
        : this(name, 3, Field.Of(4, value))
    {
    }

    public AttributeProto(string name, GraphProto value)
        : this(name, 5, Field.Of(6, value))
    {
    }

    public AttributeProto(string name, IEnumerable<float> values)
        : this(name, 6, [.. values.Select(value => Field.Of(7, value))])
    {
    }

    public AttributeProto(string name, IEnumerable<long> values)
        : this(name, 7, [.. values.Select(value => Field.Of(8, value))])
    {
    }

    public AttributeProto(string name, IEnumerable<string> values)
        : this(name, 8, [.. values.Select(value => Field.Of(9, value))])
    {
    }

    protected override IEnumerable<Field> Fields() => [Field.Of(1, _name), .. _value, Field.Of(20, _type)];
}
