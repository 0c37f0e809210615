using System.Buffers.Binary;
using System.Reflection;
using PureHDF;
using PureHDF.VOL.Native;

namespace Unroll.Keras.Hdf5;

/// <summary>An array of an HDF5 file. Numbers of every kind become float32.</summary>
internal sealed class Hdf5Array
{
    // Keras' limit: what is not in the file cannot be many times what is.
    private const long MostExpansion = 1000;
    private const long LeastLimit = 1 << 20;

    /// <summary>The list of files in which an array's numbers lie, which the package shows to nobody; null for this file.</summary>
    private static readonly PropertyInfo ExternalFiles = typeof(NativeDataset).GetProperty(
        "InternalExternalFileList", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public)!;

    private readonly IH5Dataset _dataset;
    private readonly string _file;

    public Hdf5Array(IH5Dataset dataset, string file, string path)
    {
        (_dataset, _file, Path) = (dataset, file, path);
        if (dataset.Layout.Class == H5DataLayoutClass.VirtualStorage)
            throw new InvalidDataException($"{file}: {path} is put together from other files, which Keras never writes. They are not read.");
        if (dataset is NativeDataset && ExternalFiles.GetValue(dataset) is not null)
            throw new InvalidDataException($"{file}: the numbers of {path} lie in other files, which Keras never writes. They are not read.");
        Shape = Lengths(dataset.Space.Dimensions);
    }

    /// <summary>The way from the root.</summary>
    public string Path { get; }

    public Shape Shape { get; }

    /// <summary>The kind of number, as NumPy calls it: float32, float16, bfloat16, int64, ….</summary>
    public string Kind => Hdf5Reader.Guarded(_file, () => (_dataset.Type.Class, _dataset.Type.Size) switch
    {
        (H5DataTypeClass.FloatingPoint, var size and (2 or 4 or 8)) => $"float{size * 8}",
        (H5DataTypeClass.FixedPoint, var size and (1 or 2 or 4 or 8)) => $"{(_dataset.Type.FixedPoint.IsSigned ? "" : "u")}int{size * 8}",
        (H5DataTypeClass.Opaque, 2) when IsBrain => "bfloat16",
        (H5DataTypeClass.Enumerated, 1) => "bool",
        var (other, size) => $"{other} of {size} bytes",
    });

    private bool IsBrain => _dataset.AttributeExists("dtype") &&
        string.Equals(_dataset.Attribute("dtype").Read<string>(), "bfloat16", StringComparison.Ordinal);

    /// <summary>The numbers. Those of more digits than float32 holds are rounded.</summary>
    /// <param name="room">The bytes of the whole file: what is read cannot be far more.</param>
    /// <exception cref="InvalidDataException">They are not numbers, or fewer are in the file than the shape says.</exception>
    public Tensor Read(long room)
    {
        if (Hdf5Reader.Guarded(_file, Memory) > Math.Max(LeastLimit, room * MostExpansion))
            throw new InvalidDataException($"{_file}: {Path} says that it has shape {Shape}, far more than the file can hold.");
        return Hdf5Reader.Guarded(_file, () => Tensor.FromSpan(Numbers(), Shape));
    }

    /// <summary>The bytes that reading asks for: of all numbers, or of a chunk of them where that is more.</summary>
    private Int128 Memory()
    {
        var whole = (Int128)Shape.Size * _dataset.Type.Size;
        return _dataset.Layout.Class == H5DataLayoutClass.Chunked
            ? Int128.Max(whole, _dataset.Layout.Chunks.Aggregate((Int128)_dataset.Type.Size, (bytes, length) => bytes * length))
            : whole;
    }

    private float[] Numbers()
    {
        if (Shape.Size == 0)
            return [];
        return Kind switch
        {
            "float32" => Values<float>(),
            "float64" => System.Array.ConvertAll(Values<double>(), value => (float)value),
            "float16" => System.Array.ConvertAll(Values<Half>(), value => (float)value),
            "bfloat16" => Brain(Values<byte>()),
            "int64" => System.Array.ConvertAll(Values<long>(), value => (float)value),
            "int32" => System.Array.ConvertAll(Values<int>(), value => (float)value),
            "uint64" => System.Array.ConvertAll(Values<ulong>(), value => (float)value),
            "uint32" => System.Array.ConvertAll(Values<uint>(), value => (float)value),
            "uint8" or "bool" => System.Array.ConvertAll(Values<byte>(), value => (float)value),
            "int8" => System.Array.ConvertAll(Values<sbyte>(), value => (float)value),
            var other => throw new InvalidDataException($"{_file}: {Path} holds {other}, not numbers."),
        };
    }

    private T[] Values<T>() => Shape.Rank == 0 && typeof(T) != typeof(byte) ? [_dataset.Read<T>()] : _dataset.Read<T[]>();

    /// <summary>The upper half of a float32 each.</summary>
    private static float[] Brain(ReadOnlySpan<byte> bytes)
    {
        var values = new float[bytes.Length / 2];
        for (var i = 0; i < values.Length; i++)
            values[i] = BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]) << 16);
        return values;
    }

    private Shape Lengths(IReadOnlyList<ulong> dimensions)
    {
        var size = 1L;
        foreach (var length in dimensions)
        {
            size = length <= int.MaxValue ? size * (long)length : long.MaxValue;
            if (size > int.MaxValue)
                throw new InvalidDataException($"{_file}: {Path} says that it has shape ({string.Join(", ", dimensions)}), more numbers than a " +
                    $"tensor can hold.");
        }

        return Shape.Create([.. dimensions.Select(length => (int?)length)]);
    }
}
