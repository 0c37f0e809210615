using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace Unroll.Keras.Tests.ArrayTests;

/// <summary>Files with faults, made byte by byte.</summary>
internal static class Archives
{
    public static byte[] Safetensors(string header, int dataLength = 0, ulong? length = null)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var file = new byte[8 + text.Length + dataLength];
        BinaryPrimitives.WriteUInt64LittleEndian(file, length ?? (ulong)text.Length);
        text.CopyTo(file, 8);
        return file;
    }

    public static byte[] Npy(string header, int dataLength = 0, byte version = 1)
    {
        byte[] length = [(byte)header.Length, (byte)(header.Length >> 8), .. version > 1 ? new byte[2] : []];
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. Encoding.UTF8.GetBytes(header), .. new byte[dataLength]];
    }

    public static byte[] Npz(params (string Name, byte[] Content)[] entries)
    {
        using var file = new MemoryStream();
        using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, content) in entries)
            {
                using var entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return file.ToArray();
    }
}
