using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Unroll.Keras.Hdf5;

/// <summary>An array of an HDF5 file. Numbers of every kind become float32.</summary>
internal sealed class Hdf5Array
{
    private readonly Hdf5Source _source;
    private readonly ObjectHeader _header;
    private readonly Datatype _type;
    private readonly Dataspace _space;

    public Hdf5Array(Hdf5Source source, GlobalHeap texts, ObjectHeader header, string path)
    {
        (_source, _header, Path) = (source, header, path);
        _type = Datatype.Read(source, header.One(MessageKind.Datatype));
        _space = Dataspace.Read(source, header.One(MessageKind.Dataspace));
        if (_space.Count > int.MaxValue || _space.Lengths.Any(length => length > int.MaxValue))
            throw new InvalidDataException($"{source.Name}: {path} says that it has shape ({string.Join(", ", _space.Lengths)}), more numbers than a " +
                $"tensor can hold.");
        Shape = Shape.Create([.. _space.Lengths.Select(length => (int?)length)]);

        // Keras writes bfloat16 as two bytes without a meaning, and an attribute says what they are.
        Kind = _type is { Kind: Datatype.Opaque, Size: 2 } && new Hdf5Attributes(source, texts, header).Text("dtype") == "bfloat16" ? "bfloat16"
            : _type.Kind;
    }

    /// <summary>The way from the root.</summary>
    public string Path { get; }

    public Shape Shape { get; }

    /// <summary>The kind of number, as NumPy calls it: float32, float16, bfloat16, int64, ….</summary>
    public string Kind { get; }

    /// <summary>The numbers. Those of more digits than float32 holds are rounded.</summary>
    /// <exception cref="InvalidDataException">They are not numbers, or fewer are in the file than the shape says.</exception>
    public Tensor Read()
    {
        if (_space.IsNull)
            throw new InvalidDataException($"{_source.Name}: {Path} has no numbers.");
        if (Decoder() is not { } decode)
            throw new InvalidDataException($"{_source.Name}: {Path} holds {Kind}, not numbers.");
        if (Shape.Size == 0)
            return Tensor.Zeros(Shape);
        var bytes = new StoredBytes(_source, _header, _type, _space, Path).Read();
        return Tensor.FromSpan(decode(bytes.Span), Shape);
    }

    private Func<ReadOnlySpan<byte>, float[]>? Decoder() => Kind switch
    {
        "float32" when _type.IsBigEndian == !BitConverter.IsLittleEndian => bytes => MemoryMarshal.Cast<byte, float>(bytes).ToArray(),
        "float32" => Each(4, bytes => _type.IsBigEndian ? BinaryPrimitives.ReadSingleBigEndian(bytes) : BinaryPrimitives.ReadSingleLittleEndian(bytes)),
        "float64" => Each(8, bytes => (float)(_type.IsBigEndian ? BinaryPrimitives.ReadDoubleBigEndian(bytes) : BinaryPrimitives.ReadDoubleLittleEndian(bytes))),
        "float16" => Each(2, bytes => (float)BitConverter.UInt16BitsToHalf(UInt16(bytes))),
        "bfloat16" => Each(2, bytes => BitConverter.Int32BitsToSingle(UInt16(bytes) << 16)),
        "int64" => Each(8, bytes => (long)UInt64(bytes)),
        "uint64" => Each(8, bytes => UInt64(bytes)),
        "int32" => Each(4, bytes => (int)UInt32(bytes)),
        "uint32" => Each(4, bytes => UInt32(bytes)),
        "int16" => Each(2, bytes => (short)UInt16(bytes)),
        "uint16" => Each(2, bytes => UInt16(bytes)),
        "int8" => Each(1, bytes => (sbyte)bytes[0]),
        "uint8" or "bool" => Each(1, bytes => bytes[0]),
        _ => null,
    };

    private ushort UInt16(ReadOnlySpan<byte> bytes) =>
        _type.IsBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private uint UInt32(ReadOnlySpan<byte> bytes) =>
        _type.IsBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private ulong UInt64(ReadOnlySpan<byte> bytes) =>
        _type.IsBigEndian ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : BinaryPrimitives.ReadUInt64LittleEndian(bytes);

    private static Func<ReadOnlySpan<byte>, float[]> Each(int size, Func<ReadOnlySpan<byte>, float> one) => bytes =>
    {
        var values = new float[bytes.Length / size];
        for (var i = 0; i < values.Length; i++)
            values[i] = one(bytes.Slice(i * size, size));
        return values;
    };
}
