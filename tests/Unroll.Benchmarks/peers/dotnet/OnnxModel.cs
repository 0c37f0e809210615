using System.Runtime.InteropServices;
using System.Text;

namespace Unroll.Benchmarks.Peers;

/// <summary>
/// Writes an ONNX model with one LSTM node. ONNX files are protocol buffers: a message is a run of fields, each a key
/// (number &lt;&lt; 3 | wire type) and a value; wire type 0 is a varint, 2 is a length and that many bytes. The numbers of the
/// fields are onnx.proto's.
/// </summary>
internal static class OnnxModel
{
    private const int FloatType = 1;
    private const int IntAttribute = 2;

    /// <summary>The model's bytes. Its input <c>x</c> is (time, batch, inputs), its output <c>y</c> (time, 1, batch, units).</summary>
    public static byte[] OfLstm(Request request)
    {
        var (batch, time, inputs, units) = (request.Batch, request.Time, request.Inputs, request.Units);

        // ONNX adds a bias for the input and one for the state.
        var bias = new float[8 * units];
        Gates(request.Numbers("bias"), 1, units).CopyTo(bias, 0);
        byte[] size = [.. Text(1, "hidden_size"), .. Whole(3, units), .. Whole(20, IntAttribute)];
        byte[] node = [.. Text(1, "x"), .. Text(1, "w"), .. Text(1, "r"), .. Text(1, "b"), .. Text(2, "y"), .. Text(4, "LSTM"), .. Bytes(5, size)];
        byte[] graph =
        [
            .. Bytes(1, node),
            .. Text(2, "lstm"),
            .. Initializer("w", [1, 4 * units, inputs], Gates(request.Numbers("kernel"), inputs, units)),
            .. Initializer("r", [1, 4 * units, units], Gates(request.Numbers("recurrent"), units, units)),
            .. Initializer("b", [1, 8 * units], bias),
            .. ValueInfo(11, "x", [time, batch, inputs]),
            .. ValueInfo(12, "y", [time, 1, batch, units]),
        ];

        // ModelProto: ir_version = 1, graph = 7, opset_import = 8; OperatorSetIdProto: domain = 1, version = 2.
        return [.. Whole(1, 8), .. Bytes(7, graph), .. Bytes(8, [.. Text(1, ""), .. Whole(2, 14)])];
    }

    /// <summary>Keras' (rows, 4·units), gates i f c o, becomes ONNX' (4·units, rows), gates i o f c.</summary>
    private static float[] Gates(float[] values, int rows, int units)
    {
        var arranged = new float[values.Length];
        foreach (var (source, gate) in new[] { (0, 0), (3, 1), (1, 2), (2, 3) })
            for (var unit = 0; unit < units; unit++)
                for (var row = 0; row < rows; row++)
                    arranged[(gate * units + unit) * rows + row] = values[row * 4 * units + source * units + unit];
        return arranged;
    }

    /// <summary>TensorProto: dims = 1, data_type = 2, name = 8, raw_data = 9.</summary>
    private static byte[] Initializer(string name, int[] dims, float[] values) =>
        Bytes(5, [.. dims.SelectMany(dim => Whole(1, dim)), .. Whole(2, FloatType), .. Text(8, name), .. Bytes(9, MemoryMarshal.AsBytes<float>(values).ToArray())]);

    /// <summary>
    /// ValueInfoProto: name = 1, type = 2; TypeProto: tensor_type = 1; its elem_type = 1, shape = 2; shape: dim = 1, dim_value = 1.
    /// </summary>
    private static byte[] ValueInfo(int field, string name, int[] dims)
    {
        var shape = Bytes(2, [.. dims.SelectMany(dim => Bytes(1, Whole(1, dim)))]);
        return Bytes(field, [.. Text(1, name), .. Bytes(2, Bytes(1, [.. Whole(1, FloatType), .. shape]))]);
    }

    private static byte[] Whole(int field, int value) => [.. Varint(field << 3), .. Varint(value)];

    private static byte[] Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    private static byte[] Bytes(int field, byte[] value) => [.. Varint((field << 3) | 2), .. Varint(value.Length), .. value];

    private static IEnumerable<byte> Varint(int value)
    {
        for (; value > 127; value >>= 7)
            yield return (byte)(value | 128);
        yield return (byte)value;
    }
}
