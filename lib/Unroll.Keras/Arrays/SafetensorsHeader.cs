using System.Buffers.Binary;
using System.Text.Json;

namespace Unroll.Keras.Arrays;

/// <summary>One tensor of a safetensors file: what it is, and where its bytes lie after the header.</summary>
internal sealed record SafetensorsEntry(string Name, ElementType Type, Shape Shape, long Begin, long End);

/// <summary>
/// The header of a safetensors file: 8 bytes of its length, then JSON with type, shape and place of each tensor. It is checked
/// whole before any tensor is read: the tensors must fill the rest of the file, one after the other, without a hole.
/// </summary>
/// <seealso href="https://huggingface.co/docs/safetensors"/>
internal sealed class SafetensorsHeader
{
    public const string MetadataName = "__metadata__";

    /// <summary>The longest header, as in the format's own library.</summary>
    public const int MostBytes = 100_000_000;

    private readonly List<SafetensorsEntry> _entries = [];
    private readonly OrderedDictionary<string, string> _metadata = new(StringComparer.Ordinal);
    private readonly string _file;

    private SafetensorsHeader(string file) => _file = file;

    /// <summary>The tensors in the order of the header.</summary>
    public IReadOnlyList<SafetensorsEntry> Entries => _entries;

    public IReadOnlyDictionary<string, string> Metadata => _metadata;

    /// <summary>Where the tensors' bytes begin.</summary>
    public long DataStart { get; private init; }

    /// <summary>Reads and checks a header.</summary>
    /// <param name="stream">The whole file.</param>
    /// <param name="file">Its name, for errors.</param>
    /// <exception cref="InvalidDataException">It is not one, or does not fit the file.</exception>
    public static SafetensorsHeader Read(Stream stream, string file)
    {
        Span<byte> start = stackalloc byte[sizeof(ulong)];
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length)
            throw new InvalidDataException($"{file} is not a safetensors file: it has {stream.Length} bytes, and the length of a header takes 8.");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        var rest = stream.Length - start.Length;
        if (length > MostBytes)
            throw new InvalidDataException($"{file} is not a safetensors file: its header would have {length} bytes; {MostBytes} are the most.");
        if ((long)length > rest)
            throw new InvalidDataException($"{file} is cut short or not a safetensors file: its header has {length} bytes, but {rest} are there.");
        var json = new byte[length];
        stream.ReadExactly(json);
        var header = new SafetensorsHeader(file) { DataStart = start.Length + (long)length };
        header.Parse(json);
        header.CheckPlaces(rest - (long)length);
        return header;
    }

    private void Parse(byte[] json)
    {
        try
        {
            if (json is not [(byte)'{', ..])
                throw new JsonException("It does not begin with {.");
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 16 });
            reader.Read();
            var names = new HashSet<string>(StringComparer.Ordinal);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                if (!names.Add(name))
                    throw new InvalidDataException($"{_file}: the header names {name} twice.");
                reader.Read();
                if (name == MetadataName)
                    ParseMetadata(ref reader);
                else
                    _entries.Add(SafetensorsEntryReader.Read(ref reader, name, _file));
            }

            if (reader.Read())
                throw new JsonException("Something follows it.");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is a token of another kind, or text that is not UTF-8.
            throw new InvalidDataException($"{_file} is not a safetensors file: its header is not the JSON that was expected. {error.Message}", error);
        }
    }

    private void ParseMetadata(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new InvalidDataException($"{_file}: {MetadataName} must be an object of strings.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String || !_metadata.TryAdd(key, reader.GetString()!))
                throw new InvalidDataException($"{_file}: {MetadataName} must be an object of strings, each once, but {key} is not.");
        }
    }

    private void CheckPlaces(long length)
    {
        long end = 0;
        foreach (var entry in _entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.Begin != end)
            {
                throw new InvalidDataException(
                    $"{_file}: tensor {entry.Name} should begin at byte {end} after the header, where the one before it ends, but begins at {entry.Begin}.");
            }

            end = entry.End;
        }

        if (end != length)
            throw new InvalidDataException($"{_file}: the tensors take {end} bytes, but {length} follow the " +
                $"header.{(end > length ? " It is cut short." : "")}");
    }
}
