using System.Collections;
using System.Text.Json.Serialization;

namespace Microsoft.DotNet.Interactive.Formatting.TabularData;

/// <summary>The kinds of fields that a table can have, in the words of Frictionless Data's Table Schema.</summary>
public enum TableSchemaFieldType
{
#pragma warning disable CS1591 // Each is the kind of its name.
    Any,
    Object,
    Null,
    Number,
    Integer,
    Boolean,
    String,
    Array,
    DateTime,
    GeoPoint,
    GeoJson,
#pragma warning restore CS1591
}

/// <summary>A column of a table.</summary>
/// <param name="name">Its name.</param>
/// <param name="type">What it holds.</param>
/// <param name="description">What it means, for people.</param>
/// <param name="format">How its values are written.</param>
public sealed class TableSchemaFieldDescriptor(
    string name, TableSchemaFieldType? type = TableSchemaFieldType.Null, string? description = null, string? format = null)
{
    /// <summary>Its name.</summary>
    [JsonPropertyName("name")]
    public string Name { get; } = name ?? throw new ArgumentNullException(nameof(name));

    /// <summary>What it means, for people.</summary>
    [JsonPropertyName("description")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Description { get; } = description;

    /// <summary>How its values are written.</summary>
    [JsonPropertyName("format")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Format { get; } = format;

    /// <summary>What it holds.</summary>
    [JsonPropertyName("type")]
    [JsonConverter(typeof(FieldTypeJson))]
    public TableSchemaFieldType Type { get; } = type ?? TableSchemaFieldType.Null;
}

/// <summary>The columns of a table, by name and in order.</summary>
public sealed class TableDataFieldDescriptors : IReadOnlyCollection<TableSchemaFieldDescriptor>
{
    private readonly List<TableSchemaFieldDescriptor> _fields = [];

    /// <inheritdoc/>
    public int Count => _fields.Count;

    /// <summary>The column called <paramref name="name"/>.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public TableSchemaFieldDescriptor this[string name] => _fields.Find(field => field.Name == name)
        ?? throw new KeyNotFoundException($"The table has no column {name}; it has {string.Join(", ", _fields.Select(field => field.Name))}.");

    /// <summary>Whether there is a column called <paramref name="name"/>.</summary>
    public bool Contains(string name) => _fields.Exists(field => field.Name == name);

    /// <summary>Adds a column.</summary>
    /// <exception cref="ArgumentException">There is one of that name.</exception>
    public void Add(TableSchemaFieldDescriptor descriptor)
    {
        ArgumentNullException.ThrowIfNull(descriptor);
        if (Contains(descriptor.Name))
            throw new ArgumentException($"The table has a column {descriptor.Name} already.", nameof(descriptor));
        _fields.Add(descriptor);
    }

    /// <inheritdoc/>
    public IEnumerator<TableSchemaFieldDescriptor> GetEnumerator() => _fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

/// <summary>The columns of a table, and which of them name a row.</summary>
public sealed class TableSchema
{
    /// <summary>The columns.</summary>
    [JsonPropertyName("fields")]
    public TableDataFieldDescriptors Fields { get; init; } = [];

    /// <summary>Names of the columns that name a row.</summary>
    [JsonPropertyName("primaryKey")]
    public IList<string> PrimaryKey { get; init; } = [];
}
