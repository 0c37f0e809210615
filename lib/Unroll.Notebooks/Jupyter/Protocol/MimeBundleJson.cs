using System.Text.Json;
using System.Text.Json.Serialization;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Jupyter.Protocol;

/// <summary>Views as messages hold them: those whose type is JSON as JSON, as front ends expect them, the others as texts.</summary>
internal sealed class MimeBundleJson : JsonConverter<MimeBundle>
{
    /// <inheritdoc/>
    public override MimeBundle Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("A kernel sends views, and receives none.");

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, MimeBundle value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (type, text) in value)
        {
            writer.WritePropertyName(type);
            if (!JsonText.IsType(type) || !TryWriteJson(writer, text))
                writer.WriteStringValue(text);
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes JSON to the letter; what is not JSON, or nests deeper than .NET reads by default, is not written.</summary>
    private static bool TryWriteJson(Utf8JsonWriter writer, string text)
    {
        try
        {
            writer.WriteRawValue(text);
            return true;
        }
        catch (Exception error) when (error is JsonException or ArgumentException)
        {
            return false;
        }
    }
}
