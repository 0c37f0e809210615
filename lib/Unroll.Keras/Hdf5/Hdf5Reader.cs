using System.Buffers.Binary;
using PureHDF;

namespace Unroll.Keras.Hdf5;

/// <summary>An HDF5 file, read from memory. Whatever is wrong with it is one kind of error, which names the file.</summary>
internal sealed class Hdf5Reader : IDisposable
{
    private const long LargeMemory = 1 << 26;

    private readonly PureHDF.VOL.Native.NativeFile _file;

    private Hdf5Reader(PureHDF.VOL.Native.NativeFile file, string name, long room)
    {
        _file = file;
        Root = new Hdf5Group(file, name, "", depth: 0, room);
    }

    public Hdf5Group Root { get; }

    /// <summary>Opens a file.</summary>
    /// <param name="bytes">All of it.</param>
    /// <param name="name">What errors call it.</param>
    /// <exception cref="InvalidDataException">It is not an HDF5 file, or is damaged.</exception>
    public static Hdf5Reader Open(ReadOnlyMemory<byte> bytes, string name)
    {
        if (Guarded(name, () => Length(bytes.Span)) is { } length && length > bytes.Length)
            throw new InvalidDataException($"{name} is cut off: it has {bytes.Length} bytes of {length}.");
        if (Links.AreIn(bytes.Span))
            throw new InvalidDataException($"{name} has a link to another place or file, which Keras never writes. It is not followed.");
        return Guarded(name, () => new Hdf5Reader(H5File.Open(new GuardedStream(bytes), leaveOpen: false), name, bytes.Length));
    }

    /// <summary>Whether bytes begin as an HDF5 file does.</summary>
    public static bool IsHdf5(ReadOnlySpan<byte> bytes) => bytes.StartsWith((ReadOnlySpan<byte>)[0x89, .. "HDF\r\n"u8, 0x1A, (byte)'\n']);

    /// <summary>
    /// Runs what reads. The package was not written for files of strangers: a damaged one comes out as an index out of range, a
    /// failed cast or a request for 2 GB, all of which mean the same here. An error of ours names the file already.
    /// </summary>
    public static T Guarded<T>(string name, Func<T> read)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            return read();
        }
        catch (Exception error) when (!(error is InvalidDataException or NotSupportedException && error.Message.StartsWith(name, StringComparison.Ordinal)))
        {
            // A damaged length was asked for, up to 2 GB, before the file was: that memory is given back at once.
            if (GC.GetAllocatedBytesForCurrentThread() - before > LargeMemory)
                GC.Collect();
            throw new InvalidDataException($"{name} cannot be read as an HDF5 file: {error.Message.Split('\n')[0].TrimEnd('.', '\r')}.", error);
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>The length that a file says it has, in its superblock; null where that cannot be known.</summary>
    private static long? Length(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 56)
            return null;
        var (addresses, end) = bytes[8] switch
        {
            0 => (13, 40),
            1 => (13, 44),
            _ => (9, 28),
        };
        if (bytes[addresses] != 8)
            throw new IOException($"its addresses are of {bytes[addresses]} bytes, where Keras writes 8");
        return BinaryPrimitives.ReadInt64LittleEndian(bytes[end..]);
    }
}
