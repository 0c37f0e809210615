using System.IO.Compression;

namespace Unroll.Keras.Arrays;

/// <summary>Tensors by name to and from a zip archive of .npy files.</summary>
internal static class NpzArchive
{
    private const string Extension = ".npy";

    /// <summary>What an archive may unpack to: so much in any case, and beyond it so many times its length.</summary>
    private const long MostBytes = 256L << 20;
    private const long MostTimes = 100;

    /// <summary>What a byte can unpack to, where each two bits repeat 258 bytes.</summary>
    private const int MostOfPacked = 1032;

    /// <summary>NumPy's date of what has none, the first that a zip archive knows: the same tensors give the same bytes.</summary>
    private static readonly DateTimeOffset NoDate = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static OrderedDictionary<string, Tensor> Read(Stream stream, string file)
    {
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            CheckSizes(archive, stream.Length, file);
            var tensors = new OrderedDictionary<string, Tensor>(StringComparer.Ordinal);
            foreach (var entry in archive.Entries.Where(entry => !IsFolder(entry)))
            {
                if (!entry.FullName.EndsWith(Extension, StringComparison.Ordinal))
                    throw new InvalidDataException($"{file}: {entry.FullName} is not an array: its name does not end in {Extension}.");
                var name = entry.FullName[..^Extension.Length];
                if (!tensors.TryAdd(name, Read(entry, $"{file}: {entry.FullName}")))
                    throw new InvalidDataException($"{file}: there are two arrays called {name}.");
            }

            return tensors;
        }
        catch (Exception error) when (error is ArgumentException or EndOfStreamException or OverflowException || IsOfZip(error))
        {
            // What a damaged archive makes of the reader's arithmetic.
            throw new InvalidDataException($"{file} is not a zip archive of arrays, or is damaged. {error.Message}", error);
        }
    }

    public static void Write(Stream stream, IReadOnlyList<KeyValuePair<string, Tensor>> tensors, bool compressed)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        foreach (var (name, tensor) in tensors)
        {
            var entry = archive.CreateEntry(name + Extension, compressed ? CompressionLevel.Optimal : CompressionLevel.NoCompression);
            entry.LastWriteTime = NoDate;
            using var array = entry.Open();
            NpyArray.Write(array, tensor);
        }
    }

    private static Tensor Read(ZipArchiveEntry entry, string what)
    {
        using var opened = entry.Open();
        using var stream = new SummedStream(opened);
        var tensor = NpyArray.Read(stream, entry.Length, what);
        if (stream.ReadByte() >= 0)
            throw new InvalidDataException($"{what} is longer than the {entry.Length} bytes that the archive says.");
        return stream.Sum == entry.Crc32
            ? tensor
            : throw new InvalidDataException($"{what} is damaged: its check sum is {stream.Sum:x8}, but the archive says {entry.Crc32:x8}.");
    }

    /// <summary>Entries that lie in the same bytes, or unpack to a multiple of them, are the two kinds of bombs.</summary>
    private static void CheckSizes(ZipArchive archive, long length, string file)
    {
        Int128 packed = 0, unpacked = 0;
        foreach (var entry in archive.Entries)
        {
            if (entry.Length > (Int128)entry.CompressedLength * MostOfPacked)
                throw new InvalidDataException($"{file}: {entry.FullName} has {entry.CompressedLength} packed bytes, which cannot unpack to {entry.Length}.");
            (packed, unpacked) = (packed + entry.CompressedLength, unpacked + entry.Length);
        }

        if (packed > length)
            throw new InvalidDataException($"{file} has {length} bytes, but its entries would take {packed}: they lie in the same bytes.");
        var most = Math.Max(MostBytes, MostTimes * length);
        if (unpacked > most)
        {
            throw new InvalidDataException(
                $"{file} has {length} bytes and would unpack to {unpacked}; {most} are the most. " +
                "If it is what it should be, save it with np.savez, uncompressed.");
        }
    }

    private static bool IsFolder(ZipArchiveEntry entry) => entry.FullName.EndsWith('/') && entry.Length == 0;

    /// <summary>The zip reader's own errors do not name the file; ours do.</summary>
    private static bool IsOfZip(Exception error) => error is InvalidDataException or IOException && error.Source == typeof(ZipArchive).Assembly.GetName().Name;
}
