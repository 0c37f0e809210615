using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Unroll.Keras.Arrays;

/// <summary>Numbers between tensors and streams. What is read was measured before: no memory is taken for what a file only claims.</summary>
internal static class Elements
{
    /// <summary>The greatest number of axes, as in NumPy.</summary>
    public const int MostAxes = 64;

    private const int BlockSize = 1 << 16;

    /// <summary>A shape of lengths from a file.</summary>
    /// <param name="axes">The lengths.</param>
    /// <param name="what">File and tensor, for errors.</param>
    /// <exception cref="InvalidDataException">No tensor has this shape.</exception>
    public static Shape CheckedShape(IReadOnlyList<long> axes, string what)
    {
        if (axes.Count > MostAxes)
            throw new InvalidDataException($"{what} has {axes.Count} axes; {MostAxes} are the most.");
        if (axes.Any(length => length is < 0 or > int.MaxValue))
            throw new InvalidDataException($"{what} has the shape ({string.Join(", ", axes)}); each length must be from 0 to {int.MaxValue}.");
        Shape shape = [.. axes.Select(length => (int)length)];
        return shape.LongSize <= Array.MaxLength
            ? shape
            : throw new InvalidDataException($"{what} has the shape {shape}, more than the {Array.MaxLength} numbers that a tensor can hold.");
    }

    /// <summary>Reads a tensor, row by row.</summary>
    /// <param name="stream">Where its first byte comes next.</param>
    /// <param name="type">What its numbers are.</param>
    /// <param name="shape">Its shape, for which the stream is long enough.</param>
    /// <param name="isBigEndian">Whether the first byte of a number is the greatest.</param>
    /// <param name="what">File and tensor, for errors.</param>
    /// <exception cref="InvalidDataException">The stream ends too early.</exception>
    public static Tensor Read(Stream stream, ElementType type, Shape shape, bool isBigEndian, string what)
    {
        var numbers = new float[shape.Size];
        var isTurned = isBigEndian == BitConverter.IsLittleEndian;
        try
        {
            if (type == ElementType.Float32 && !isTurned)
                stream.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
            else
                ReadBlocks(stream, type, isTurned, numbers);
        }
        catch (EndOfStreamException error)
        {
            throw new InvalidDataException($"{what} is cut short: {shape.LongSize * type.Size} bytes of {type.Name} {shape} were expected.", error);
        }

        return new Tensor(shape, numbers);
    }

    /// <summary>Writes a tensor row by row, as float32 with the least byte first.</summary>
    public static void Write(Stream stream, Tensor tensor)
    {
        if (BitConverter.IsLittleEndian)
        {
            stream.Write(MemoryMarshal.AsBytes(tensor.Values));
            return;
        }

        Span<byte> bytes = stackalloc byte[sizeof(float)];
        foreach (var number in tensor.Values)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes, number);
            stream.Write(bytes);
        }
    }

    private static void ReadBlocks(Stream stream, ElementType type, bool isTurned, Span<float> numbers)
    {
        var block = ArrayPool<byte>.Shared.Rent(BlockSize);
        for (var step = BlockSize / type.Size; numbers.Length > 0; numbers = numbers[Math.Min(step, numbers.Length)..])
        {
            var part = numbers[..Math.Min(step, numbers.Length)];
            var bytes = block.AsSpan(0, part.Length * type.Size);
            stream.ReadExactly(bytes);
            if (isTurned)
                Turn(bytes, type.Size);
            type.ToFloats(bytes, part);
        }

        ArrayPool<byte>.Shared.Return(block);
    }

    private static void Turn(Span<byte> bytes, int size)
    {
        for (var start = 0; size > 1 && start < bytes.Length; start += size)
            bytes.Slice(start, size).Reverse();
    }
}
