using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;

namespace Unroll.Keras.Files;

/// <summary>
/// The zip file that <c>.keras</c> is. Three of its entries are read, by their names, into memory; nothing is unpacked, so that
/// names which lead elsewhere lead nowhere.
/// </summary>
internal sealed class KerasArchive : IDisposable
{
    // Keras stores its entries unpacked, so that one which is both this large and this dense is not a network.
    private const long Suspicious = 1 << 24;
    private const long MostExpansion = 100;

    private readonly ZipArchive _zip;
    private readonly string _file;

    public KerasArchive(byte[] bytes, string file)
    {
        _file = file;
        try
        {
            _zip = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);

            // The list of entries is read when it is first asked for.
            _ = _zip.Entries.Count;
        }
        catch (Exception error) when (error is InvalidDataException or IOException or ArgumentException or OverflowException)
        {
            throw new InvalidDataException($"{file} is damaged: it begins as a .keras file, and is not a whole one. {error.Message}", error);
        }
    }

    /// <summary>Writes an archive as Keras does: nothing in it is packed.</summary>
    public static void Write(Stream stream, string config, string version, byte[] weights)
    {
        using var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        var metadata = new JsonObject
        {
            ["keras_version"] = version,
            ["date_saved"] = DateTime.UtcNow.ToString("yyyy-MM-dd@HH:mm:ss", CultureInfo.InvariantCulture),
        };
        Add("metadata.json", Encoding.UTF8.GetBytes(metadata.ToJsonString()));
        Add("config.json", Encoding.UTF8.GetBytes(config));
        Add("model.weights.h5", weights);

        void Add(string name, byte[] bytes)
        {
            using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
            entry.Write(bytes);
        }
    }

    public bool Has(string name) => _zip.GetEntry(name) is not null;

    /// <summary>An entry, or null where there is none.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or claims to be far larger than it is here.</exception>
    public byte[]? Read(string name)
    {
        if (_zip.GetEntry(name) is not { } entry)
            return null;
        if (entry.Length > Array.MaxLength || (entry.Length > Suspicious && entry.Length > MostExpansion * entry.CompressedLength))
            throw new InvalidDataException($"{_file}: {name} says that it unpacks to {entry.Length} bytes from {entry.CompressedLength}. It is not read.");
        try
        {
            var bytes = new byte[entry.Length];
            using var stream = entry.Open();
            stream.ReadExactly(bytes);
            return stream.ReadByte() < 0 ? bytes : throw new InvalidDataException($"it is longer than the {entry.Length} bytes that it says");
        }
        catch (Exception error) when (error is InvalidDataException or IOException or NotSupportedException)
        {
            throw new InvalidDataException($"{_file}: {name} is damaged: {error.Message}", error);
        }
    }

    public void Dispose() => _zip.Dispose();
}
