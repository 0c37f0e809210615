using System.Buffers.Binary;
using System.IO.Compression;

namespace Unroll.Keras.Hdf5;

/// <summary>What was done to chunks when they were written, undone (HDF5 File Format Specification 3.0, IV.A.2.l).</summary>
internal sealed class Filters
{
    private const int Deflate = 1;
    private const int Shuffle = 2;
    private const int Fletcher = 3;
    private const int FirstNamed = 256;
    private const int MostFilters = 32;
    private const int SumLength = 4;

    private readonly Hdf5Source _source;
    private readonly string _path;
    private readonly List<int> _ids = [];

    /// <param name="source">The file.</param>
    /// <param name="message">The list of filters, in the order in which they were used; empty for none.</param>
    /// <param name="path">What errors call the array.</param>
    public Filters(Hdf5Source source, ReadOnlyMemory<byte> message, string path)
    {
        (_source, _path) = (source, path);
        if (message.IsEmpty)
            return;
        var list = new Cursor(source, message);
        var version = list.Byte();
        var count = list.Byte();
        if (version is not (1 or 2) || count > MostFilters)
            throw source.Damaged($"{path} has {count} filters, of version {version}");
        if (version == 1)
            list.Skip(6);
        for (; count > 0; count--)
            _ids.Add(Filter(ref list, version));
    }

    /// <summary>Whether chunks hold as many bytes as they stand for.</summary>
    public bool Packs => _ids.Contains(Deflate);

    /// <summary>The bytes that a chunk stands for.</summary>
    /// <param name="stored">What is in the file.</param>
    /// <param name="skipped">A bit for each filter that was not used for this chunk.</param>
    /// <param name="length">How many bytes there must be in the end.</param>
    /// <param name="size">The bytes of a number.</param>
    public ReadOnlyMemory<byte> Undo(ReadOnlyMemory<byte> stored, uint skipped, int length, int size)
    {
        for (var i = _ids.Count - 1; i >= 0; i--)
        {
            if ((skipped & (1u << i)) != 0)
                continue;
            stored = _ids[i] switch
            {
                Deflate => Unpacked(stored, length + (SumLength * _ids.Count(id => id == Fletcher))),
                Shuffle => Unshuffled(stored.Span, size),
                _ => Summed(stored),
            };
        }

        return stored.Length == length ? stored : throw _source.Damaged($"a chunk of {_path} holds {stored.Length} bytes, not {length}");
    }

    private int Filter(ref Cursor list, int version)
    {
        var id = list.UInt16();
        var nameLength = version == 1 || id >= FirstNamed ? list.UInt16() : 0;
        list.Skip(2);
        var values = list.UInt16();
        list.Skip(version == 1 ? (nameLength + 7) / 8 * 8 : nameLength);
        list.Skip(4 * (version == 1 ? values + (values % 2) : values));
        return id is Deflate or Shuffle or Fletcher ? id
            : throw _source.Damaged($"{_path} was written with a filter numbered {id}, where Keras knows deflate, shuffle and fletcher32");
    }

    private Memory<byte> Unpacked(ReadOnlyMemory<byte> stored, int most)
    {
        var bytes = new byte[most];
        using var packed = new MemoryStream(stored.ToArray(), writable: false);
        using var stream = new ZLibStream(packed, CompressionMode.Decompress);
        bool isLonger;
        int length;
        try
        {
            length = stream.ReadAtLeast(bytes, most, throwOnEndOfStream: false);
            isLonger = stream.ReadByte() >= 0;
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            throw _source.Damaged($"a chunk of {_path} cannot be unpacked: {error.Message.TrimEnd('.')}", error);
        }

        return isLonger ? throw _source.Damaged($"a chunk of {_path} unpacks to more than its {most} bytes") : bytes.AsMemory(0, length);
    }

    /// <summary>First bytes of all numbers came first, then all second bytes, and so on; bytes that are left over are last.</summary>
    private static byte[] Unshuffled(ReadOnlySpan<byte> shuffled, int size)
    {
        var bytes = shuffled.ToArray();
        var count = bytes.Length / size;
        for (var i = 0; i < count; i++)
        {
            for (var part = 0; part < size; part++)
                bytes[(i * size) + part] = shuffled[(part * count) + i];
        }

        return bytes;
    }

    private ReadOnlyMemory<byte> Summed(ReadOnlyMemory<byte> stored)
    {
        if (stored.Length < SumLength)
            throw _source.Damaged($"a chunk of {_path} is shorter than its sum");
        var bytes = stored[..^SumLength];
        return BinaryPrimitives.ReadUInt32LittleEndian(stored.Span[^SumLength..]) == Checksum.Fletcher(bytes.Span) ? bytes
            : throw _source.Damaged($"the sum of a chunk of {_path} is wrong");
    }
}
