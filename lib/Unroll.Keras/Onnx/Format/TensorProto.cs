using System.Runtime.InteropServices;

namespace Unroll.Keras.Onnx.Format;

/// <summary>A constant, whose numbers are made when they are written.</summary>
internal sealed class TensorProto : Message
{
    private readonly string _name;
    private readonly ElementType _type;
    private readonly long[] _dims;
    private readonly long _length;
    private readonly Func<byte[]> _bytes;

    private TensorProto(string name, ElementType type, long[] dims, long length, Func<byte[]> bytes) =>
        (_name, _type, _dims, _length, _bytes) = (name, type, dims, length, bytes);

    /// <param name="name">The name by which nodes read it.</param>
    /// <param name="dims">Its shape.</param>
    /// <param name="fill">Writes its numbers, row by row.</param>
    public static TensorProto Floats(string name, long[] dims, Action<Span<float>> fill)
    {
        var length = sizeof(float) * dims.Aggregate(1L, (product, dim) => product * dim);
        return new TensorProto(name, ElementType.Float, dims, length, () =>
        {
            var bytes = new byte[length];
            fill(MemoryMarshal.Cast<byte, float>(bytes.AsSpan()));
            return bytes;
        });
    }

    public static TensorProto Integers(string name, long[] dims, long[] values) =>
        new(name, ElementType.Int64, dims, sizeof(long) * values.Length, () => MemoryMarshal.AsBytes<long>(values).ToArray());

    public static TensorProto Truths(string name, long[] dims, bool[] values) =>
        new(name, ElementType.Bool, dims, values.Length, () => [.. values.Select(value => value ? (byte)1 : (byte)0)]);

    protected override IEnumerable<Field> Fields() =>
    [
        .. _dims.Select(dim => Field.Of(1, dim)),
        Field.Of(2, (long)_type),
        Field.Of(8, _name),
        Field.Of(9, _length, _bytes),
    ];
}
