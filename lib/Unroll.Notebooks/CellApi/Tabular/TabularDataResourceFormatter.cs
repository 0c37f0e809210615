using System.Text.Json;
using Unroll.Notebooks.CellApi.Views;

namespace Microsoft.DotNet.Interactive.Formatting.TabularData;

/// <summary>Makes tables of sequences and of JSON.</summary>
public static class TabularDataResourceFormatter
{
    /// <summary><c>application/table-schema+json</c>.</summary>
    public const string MimeType = "application/table-schema+json";

    /// <summary>How a table becomes JSON.</summary>
    public static JsonSerializerOptions JsonSerializerOptions { get; } = new(JsonFormatter.SerializerOptions) { WriteIndented = true, ReferenceHandler = null };

    /// <summary>A table of <paramref name="source"/>: a row an item, a column a property.</summary>
    /// <typeparam name="T">The type of an item.</typeparam>
    /// <param name="source">The items: objects with properties, dictionaries, or lists of names and values.</param>
    /// <exception cref="ArgumentException">An item is a value without a property.</exception>
    public static TabularDataResource ToTabularDataResource<T>(this IEnumerable<T> source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var rows = source.Select(item => Row(item)).ToList();
        var schema = new TableSchema();
        foreach (var name in rows.SelectMany(row => row).Select(field => field.Key).Distinct(StringComparer.Ordinal))
        {
            var values = rows.SelectMany(row => row).Where(field => field.Key == name).Select(field => field.Value);
            var last = values.LastOrDefault(value => value is not null);
            schema.Fields.Add(new TableSchemaFieldDescriptor(name, last?.GetType().ToTableSchemaFieldType()));
        }

        return new TabularDataResource(schema, rows);
    }

    /// <summary>A table of a JSON list of objects.</summary>
    /// <param name="document">The JSON.</param>
    public static TabularDataResource ToTabularDataResource(this JsonDocument document)
    {
        ArgumentNullException.ThrowIfNull(document);
        return document.RootElement.ToTabularDataResource();
    }

    /// <summary>A table of a JSON list of objects.</summary>
    /// <param name="jsonElement">The list.</param>
    /// <exception cref="InvalidOperationException">It is not a list.</exception>
    public static TabularDataResource ToTabularDataResource(this JsonElement jsonElement)
    {
        if (jsonElement.ValueKind != JsonValueKind.Array)
            throw new InvalidOperationException($"A table is made of a JSON list of objects; this is {jsonElement.ValueKind}.");
        return jsonElement.EnumerateArray()
            .Where(item => item.ValueKind == JsonValueKind.Object)
            .Select(item => item.EnumerateObject().Select(property => KeyValuePair.Create(property.Name, Value(property.Value))).ToList())
            .ToTabularDataResource();
    }

    /// <summary>The kind of field that holds values of <paramref name="type"/>.</summary>
    public static TableSchemaFieldType ToTableSchemaFieldType(this Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        if (plain == typeof(DateTimeOffset) || plain == typeof(DateTime))
            return TableSchemaFieldType.DateTime;
        if (plain == typeof(ReadOnlyMemory<char>))
            return TableSchemaFieldType.String;
        if (plain.IsArray)
            return TableSchemaFieldType.Array;
        return plain.IsEnum ? TableSchemaFieldType.Any : Type.GetTypeCode(plain) switch
        {
            TypeCode.Boolean => TableSchemaFieldType.Boolean,
            TypeCode.Int32 or TypeCode.Int64 or TypeCode.UInt16 or TypeCode.UInt32 or TypeCode.UInt64 => TableSchemaFieldType.Integer,
            TypeCode.Single or TypeCode.Double or TypeCode.Decimal => TableSchemaFieldType.Number,
            TypeCode.String => TableSchemaFieldType.String,
            _ => TableSchemaFieldType.Any,
        };
    }

    private static List<KeyValuePair<string, object?>> Row(object? item)
    {
        if (item is IEnumerable<(string Name, object? Value)> pairs)
            return [.. pairs.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))];
        var fields = RowView.Of(item) ?? throw new ArgumentException(
            $"A row of a table has properties; {TypeNames.Of(item!.GetType())} has none. Make objects of the values: select new {{ Value = x }}.");
        return [.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))];
    }

    private static object? Value(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.String => json.GetString(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null => null,
        JsonValueKind.Number when json.TryGetInt32(out var whole) => whole,
        JsonValueKind.Number when json.TryGetInt64(out var big) => big,
        JsonValueKind.Number => json.GetDouble(),
        _ => json,
    };
}

/// <summary>The views of a table.</summary>
internal sealed class TabularSource : ITypeFormatterSource
{
    /// <inheritdoc/>
    public IEnumerable<ITypeFormatter> CreateTypeFormatters() =>
    [
        new HtmlFormatter<TabularDataResource>((table, context) => context.Writer.Write(new TableView(table.Rows()).ToDisplayString(HtmlFormatter.MimeType))),
        new PlainTextFormatter<TabularDataResource>((table, context) => context.Writer.Write(new TableView(table.Rows()).ToDisplayString())),
        new Csv.CsvFormatter<TabularDataResource>((table, context) => context.Writer.Write(CsvView.Write(table.Rows()))),
        new JsonFormatter<TabularDataResource>((table, context) => context.Writer.Write(table.ToJsonString())),
        new SchemaFormatter(),
    ];

    private sealed class SchemaFormatter : TypeFormatter<TabularDataResource>
    {
        public override string MimeType => TabularDataResourceFormatter.MimeType;

        public override bool Format(TabularDataResource value, FormatContext context)
        {
            context.Writer.Write(value.ToJsonString());
            return true;
        }
    }
}
