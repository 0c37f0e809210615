using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Unroll.Keras.Arrays;

/// <summary>
/// What the numbers of a file are, and how they become float32: a float16 and a bfloat16 exactly; a float64 rounded; a whole
/// number exactly up to 2²⁴ and rounded beyond; a bool 0 or 1.
/// </summary>
internal sealed class ElementType
{
    public static readonly ElementType Float16 = Of<Half>("float16");
    public static readonly ElementType Float32 = Of<float>("float32");
    public static readonly ElementType Float64 = Of<double>("float64");
    public static readonly ElementType Int8 = Of<sbyte>("int8");
    public static readonly ElementType Int16 = Of<short>("int16");
    public static readonly ElementType Int32 = Of<int>("int32");
    public static readonly ElementType Int64 = Of<long>("int64");
    public static readonly ElementType UInt8 = Of<byte>("uint8");
    public static readonly ElementType UInt16 = Of<ushort>("uint16");
    public static readonly ElementType UInt32 = Of<uint>("uint32");
    public static readonly ElementType UInt64 = Of<ulong>("uint64");
    public static readonly ElementType BFloat16 = new("bfloat16", 2, FromBFloat16);
    public static readonly ElementType Bool = new("bool", 1, FromBool);

    private readonly Conversion _convert;

    private ElementType(string name, int size, Conversion convert) => (Name, Size, _convert) = (name, size, convert);

    private delegate void Conversion(ReadOnlySpan<byte> bytes, Span<float> numbers);

    public string Name { get; }

    /// <summary>How many bytes a number takes.</summary>
    public int Size { get; }

    /// <summary>Turns numbers in this machine's order of bytes into float32.</summary>
    public void ToFloats(ReadOnlySpan<byte> bytes, Span<float> numbers) => _convert(bytes, numbers);

    private static ElementType Of<T>(string name)
        where T : unmanaged, INumberBase<T> => new(
        name,
        Unsafe.SizeOf<T>(),
        (bytes, numbers) => TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, T>(bytes), numbers));

    /// <summary>The upper half of a float32.</summary>
    private static void FromBFloat16(ReadOnlySpan<byte> bytes, Span<float> numbers)
    {
        var halves = MemoryMarshal.Cast<byte, ushort>(bytes);
        for (var i = 0; i < halves.Length; i++)
            numbers[i] = BitConverter.UInt32BitsToSingle((uint)halves[i] << 16);
    }

    private static void FromBool(ReadOnlySpan<byte> bytes, Span<float> numbers)
    {
        for (var i = 0; i < bytes.Length; i++)
            numbers[i] = bytes[i] == 0 ? 0 : 1;
    }
}
