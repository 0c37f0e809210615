using System.Buffers.Binary;
using System.Text.Json;

namespace Unroll.Keras.Arrays;

/// <summary>Tensors to and from streams in the safetensors format.</summary>
internal static class Safetensors
{
    public static OrderedDictionary<string, Tensor> Read(Stream stream, string file)
    {
        var header = SafetensorsHeader.Read(stream, file);
        var tensors = new OrderedDictionary<string, Tensor>(header.Entries.Count, StringComparer.Ordinal);
        foreach (var entry in header.Entries)
        {
            stream.Position = header.DataStart + entry.Begin;
            tensors.Add(entry.Name, Elements.Read(stream, entry.Type, entry.Shape, isBigEndian: false, $"{file}: tensor {entry.Name}"));
        }

        return tensors;
    }

    public static void Write(Stream stream, IReadOnlyList<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var json = Header(tensors, metadata);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)json.Length);
        stream.Write(length);
        stream.Write(json);
        foreach (var (_, tensor) in tensors)
            Elements.Write(stream, tensor);
    }

    /// <summary>JSON, filled up with spaces, so that the numbers lie at a multiple of 8.</summary>
    private static byte[] Header(IReadOnlyList<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header))
        {
            json.WriteStartObject();
            if (metadata is not null)
            {
                json.WriteStartObject(SafetensorsHeader.MetadataName);
                foreach (var (key, value) in metadata)
                    json.WriteString(key, value);
                json.WriteEndObject();
            }

            long end = 0;
            foreach (var (name, tensor) in tensors)
                end = WriteEntry(json, name, tensor, end);
            json.WriteEndObject();
        }

        while (header.Length % sizeof(ulong) != 0)
            header.WriteByte((byte)' ');
        return header.Length <= SafetensorsHeader.MostBytes
            ? header.ToArray()
            : throw new ArgumentException(
                $"The header would have {header.Length} bytes, and readers take {SafetensorsHeader.MostBytes} at most. Save fewer tensors.");
    }

    private static long WriteEntry(Utf8JsonWriter json, string name, Tensor tensor, long begin)
    {
        var end = begin + (long)tensor.Size * sizeof(float);
        json.WriteStartObject(name);
        json.WriteString("dtype", "F32");
        json.WriteStartArray("shape");
        foreach (var length in tensor.Shape.Axes)
            json.WriteNumberValue(length);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(begin);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
        return end;
    }
}
