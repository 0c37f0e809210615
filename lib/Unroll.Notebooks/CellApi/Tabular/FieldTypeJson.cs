using System.Text.Json;
using System.Text.Json.Serialization;

namespace Microsoft.DotNet.Interactive.Formatting.TabularData;

/// <summary>Kinds of fields as JSON has them: in small letters.</summary>
internal sealed class FieldTypeJson : JsonConverter<TableSchemaFieldType>
{
    public override TableSchemaFieldType Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Enum.TryParse<TableSchemaFieldType>(reader.GetString(), ignoreCase: true, out var type) ? type : TableSchemaFieldType.Any;

    // The words are small in JSON, in every culture.
#pragma warning disable CA1308
    public override void Write(Utf8JsonWriter writer, TableSchemaFieldType value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString().ToLowerInvariant());
#pragma warning restore CA1308
}
