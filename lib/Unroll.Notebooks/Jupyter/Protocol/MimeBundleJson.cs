using System.Text.Json;
using System.Text.Json.Serialization;
using Unroll.Notebooks.Documents;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Jupyter.Protocol;

/// <summary>Views as messages hold them: those whose type is JSON as JSON, as front ends expect them, the others as texts.</summary>
internal sealed class MimeBundleJson : JsonConverter<MimeBundle>
{
    /// <summary>A message nests some levels itself, and the writer takes 64.</summary>
    private const int MaxDepth = 60;

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
            if (!JsonText.IsType(type) || !JsonText.TryParse(text, out var json, MaxDepth))
                writer.WriteStringValue(text);
            else if (json is null)
                writer.WriteNullValue();
            else
                json.WriteTo(writer);
        }

        writer.WriteEndObject();
    }
}
