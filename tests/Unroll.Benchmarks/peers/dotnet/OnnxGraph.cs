using System.Runtime.InteropServices;
using System.Text;

namespace Unroll.Benchmarks.Peers;

/// <summary>
/// Writes an ONNX model. ONNX files are protocol buffers: a message is a run of fields, each a key (number &lt;&lt; 3 | wire type)
/// and a value; wire type 0 is a varint, 2 is a length and that many bytes. The numbers of the fields are onnx.proto's.
/// </summary>
internal sealed class OnnxGraph
{
    private const int FloatType = 1;
    private const int Int64Type = 7;
    // The domain of operators that only ONNX Runtime has.
    private const string RuntimesOwn = "com.microsoft";
    private readonly List<byte> _graph = [.. Text(2, "graph")];

    /// <summary>The element types of inputs.</summary>
    public enum Element
    {
        Float = FloatType,
        Int32 = 6,
        Int64 = Int64Type,
    }

    /// <summary>The model's bytes.</summary>
    // ModelProto: ir_version = 1, graph = 7, opset_import = 8; OperatorSetIdProto: domain = 1, version = 2.
    public byte[] ToArray() =>
    [
        .. Whole(1, 8),
        .. Bytes(7, [.. _graph]),
        .. Bytes(8, [.. Text(1, ""), .. Whole(2, 14)]),
        .. Bytes(8, [.. Text(1, RuntimesOwn), .. Whole(2, 1)]),
    ];

    public void Input(string name, Element type, params int[] dims) => _graph.AddRange(ValueInfo(11, name, type, dims));

    public void Output(string name, params int[] dims) => _graph.AddRange(ValueInfo(12, name, Element.Float, dims));

    /// <summary>A constant.</summary>
    public string Constant(string name, int[] dims, float[] values)
    {
        _graph.AddRange(Initializer(name, dims, FloatType, MemoryMarshal.AsBytes<float>(values)));
        return name;
    }

    /// <summary>A constant of whole numbers, such as axes.</summary>
    public string Constant(string name, params long[] values)
    {
        _graph.AddRange(Initializer(name, [values.Length], Int64Type, MemoryMarshal.AsBytes<long>(values)));
        return name;
    }

    /// <summary>A node; an input that is left out is empty.</summary>
    public void Node(string operation, string[] inputs, string[] outputs, params byte[][] attributes) =>
        Node("", operation, inputs, outputs, attributes);

    /// <summary>A node of an operator that only ONNX Runtime has.</summary>
    public void OwnNode(string operation, string[] inputs, string[] outputs, params byte[][] attributes) =>
        Node(RuntimesOwn, operation, inputs, outputs, attributes);

    // NodeProto: input = 1, output = 2, op_type = 4, attribute = 5, domain = 7.
    private void Node(string domain, string operation, string[] inputs, string[] outputs, byte[][] attributes) => _graph.AddRange(Bytes(1,
    [
        .. inputs.SelectMany(name => Text(1, name)),
        .. outputs.SelectMany(name => Text(2, name)),
        .. Text(4, operation),
        .. attributes.SelectMany(attribute => Bytes(5, attribute)),
        .. Text(7, domain),
    ]));

    /// <summary>AttributeProto: name = 1, i = 3, type = 20.</summary>
    public static byte[] Attribute(string name, int value) => [.. Text(1, name), .. Whole(3, value), .. Whole(20, 2)];

    /// <summary>s = 4.</summary>
    public static byte[] Attribute(string name, string value) => [.. Text(1, name), .. Text(4, value), .. Whole(20, 3)];

    /// <summary>ints = 8.</summary>
    public static byte[] Attribute(string name, int[] values) => [.. Text(1, name), .. values.SelectMany(value => Whole(8, value)), .. Whole(20, 7)];

    /// <summary>TensorProto: dims = 1, data_type = 2, name = 8, raw_data = 9.</summary>
    private static byte[] Initializer(string name, int[] dims, int type, ReadOnlySpan<byte> values) =>
        Bytes(5, [.. dims.SelectMany(dim => Whole(1, dim)), .. Whole(2, type), .. Text(8, name), .. Bytes(9, values)]);

    /// <summary>
    /// ValueInfoProto: name = 1, type = 2; TypeProto: tensor_type = 1; its elem_type = 1, shape = 2; shape: dim = 1, dim_value = 1.
    /// </summary>
    private static byte[] ValueInfo(int field, string name, Element type, int[] dims)
    {
        var shape = Bytes(2, [.. dims.SelectMany(dim => Bytes(1, Whole(1, dim)))]);
        return Bytes(field, [.. Text(1, name), .. Bytes(2, Bytes(1, [.. Whole(1, (int)type), .. shape]))]);
    }

    private static byte[] Whole(int field, int value) => [.. Varint(field << 3), .. Varint(value)];

    private static byte[] Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    private static byte[] Bytes(int field, ReadOnlySpan<byte> value) => [.. Varint((field << 3) | 2), .. Varint(value.Length), .. value];

    private static IEnumerable<byte> Varint(int value)
    {
        for (; value > 127; value >>= 7)
            yield return (byte)(value | 128);
        yield return (byte)value;
    }
}
