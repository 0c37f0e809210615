using System.Text.Json;
using System.Text.Json.Serialization;
using Unroll.Notebooks.Wire;

namespace Microsoft.DotNet.Interactive.Formatting.TabularData;

/// <summary>A table as data: its columns, and its rows as lists of names and values.</summary>
[TypeFormatterSource(typeof(TabularSource), PreferredMimeTypes = [MimeBundle.Html, MimeBundle.Csv, MimeBundle.Plain])]
public sealed class TabularDataResource
{
    /// <summary>Creates a table.</summary>
    /// <param name="schema">Its columns.</param>
    /// <param name="data">Its rows.</param>
    /// <param name="profile">What kind of resource it calls itself; <c>tabular-data-resource</c> where null.</param>
    public TabularDataResource(TableSchema schema, IEnumerable<IEnumerable<KeyValuePair<string, object?>>> data, string? profile = null)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(data);
        Profile = string.IsNullOrWhiteSpace(profile) ? "tabular-data-resource" : profile;
        (Schema, Data) = (schema, data);
    }

    /// <summary>What kind of resource it calls itself.</summary>
    [JsonPropertyName("profile")]
    public string Profile { get; }

    /// <summary>The columns.</summary>
    [JsonPropertyName("schema")]
    public TableSchema Schema { get; }

    /// <summary>The rows.</summary>
    [JsonPropertyName("data")]
    public IEnumerable<IEnumerable<KeyValuePair<string, object?>>> Data { get; }

    /// <summary>The table as JSON.</summary>
    public TabularDataResourceJsonString ToJsonString()
    {
        var whole = new { profile = Profile, schema = Schema, data = Rows() };
        return new TabularDataResourceJsonString(JsonSerializer.Serialize(whole, TabularDataResourceFormatter.JsonSerializerOptions));
    }

    /// <summary>The rows, each with a value for each column.</summary>
    internal IEnumerable<Dictionary<string, object?>> Rows() => Data.Select(row =>
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (name, value) in row)
            values[name] = value;
        return values;
    });
}

/// <summary>A table as JSON.</summary>
/// <param name="json">The text.</param>
public sealed class TabularDataResourceJsonString(string json)
{
    /// <summary>The text.</summary>
    public override string ToString() => json;
}
