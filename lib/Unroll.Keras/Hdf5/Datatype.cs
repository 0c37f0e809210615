namespace Unroll.Keras.Hdf5;

/// <summary>What kind of values an array or attribute holds (HDF5 File Format Specification 3.0, IV.A.2.d).</summary>
/// <param name="Kind">As NumPy calls it: float32, bfloat16, int64, bool, …; <c>text</c>, <c>texts of any length</c>, <c>opaque</c>.</param>
/// <param name="Size">The bytes of a value.</param>
/// <param name="IsBigEndian">Whether the high byte comes first.</param>
/// <param name="Padding">What fills a text that is shorter: 0 and 1 zeros, 2 spaces.</param>
internal sealed record Datatype(string Kind, int Size, bool IsBigEndian = false, int Padding = 0)
{
    public const string FixedText = "text";
    public const string VariableText = "text of any length";
    public const string Opaque = "opaque";

    private const int BigEndian = 1;
    private const int Signed = 8;
    private const int VaxOrder = 0x40;

    /// <param name="source">The file.</param>
    /// <param name="message">The description, which may be longer than it needs to be.</param>
    public static Datatype Read(Hdf5Source source, ReadOnlyMemory<byte> message)
    {
        var type = new Cursor(source, message);
        var start = type.UInt32();
        var (kind, bits) = (start & 15, (int)(start >> 8));
        var size = type.UInt32();
        if (size is 0 or > int.MaxValue)
            throw source.Damaged($"values of {size} bytes");
        return kind switch
        {
            0 when size is 1 or 2 or 4 or 8 => new Datatype($"{((bits & Signed) == 0 ? "u" : "")}int{size * 8}", (int)size, (bits & BigEndian) != 0),
            1 when (bits & VaxOrder) == 0 => new Datatype(Floating(ref type, size), (int)size, (bits & BigEndian) != 0),
            3 => new Datatype(FixedText, (int)size, Padding: bits & 15),
            5 => new Datatype(Opaque, (int)size),
            8 when size == 1 => new Datatype("bool", 1),
            9 when (bits & 15) == 1 && size == 16 => new Datatype(VariableText, (int)size),
            _ => new Datatype($"{Name(kind)} of {size} bytes", (int)size),
        };
    }

    /// <summary>By where exponent and mantissa are: IEEE 754's forms, and the upper half of a float32.</summary>
    private static string Floating(ref Cursor type, uint size)
    {
        type.Skip(2);
        var precision = type.UInt16();
        type.Skip(1);
        var exponent = type.Byte();
        type.Skip(1);
        var mantissa = type.Byte();
        return (size, precision, exponent, mantissa) switch
        {
            (8, 64, 11, 52) => "float64",
            (4, 32, 8, 23) => "float32",
            (2, 16, 5, 10) => "float16",
            (2, 16, 8, 7) => "bfloat16",
            _ => $"floating point of {size} bytes with an exponent of {exponent} bits",
        };
    }

    private static string Name(uint kind) => kind switch
    {
        0 => "integer",
        1 => "floating point",
        2 => "time",
        4 => "bit field",
        6 => "record",
        7 => "reference",
        8 => "enumeration",
        9 => "sequence",
        10 => "array",
        _ => $"type {kind}",
    };
}
