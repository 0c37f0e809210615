using System.Text.Json.Nodes;

namespace Unroll.Notebooks.Documents;

/// <summary>The names after which a line <c>#!name</c> begins a cell of a .dib file: those all know, and those it declares.</summary>
internal sealed class DibLanguages
{
    private readonly HashSet<string> _declared = new(StringComparer.OrdinalIgnoreCase) { "raw" };

    /// <summary>Reads <c>kernelInfo</c> of a file's metadata.</summary>
    /// <exception cref="BadNotebookException">It is not what it should be.</exception>
    public DibLanguages(JsonObject metadata, string shown)
    {
        var kernelInfo = Typed<JsonObject>(metadata, DibMetadata.KernelInfo, "an object", shown) ?? [];
        Default = CellLanguage.Normalize(Name(kernelInfo, "defaultKernelName", shown) ?? CellLanguage.CSharp);
        foreach (var item in Typed<JsonArray>(kernelInfo, "items", "a list", shown) ?? [])
        {
            if (item is not JsonObject kernel)
                throw new BadNotebookException($"{shown}: an item of \"{DibMetadata.KernelInfo}\" after #!meta is not an object");
            foreach (var alias in Typed<JsonArray>(kernel, "aliases", "a list", shown) ?? [])
                Declare(Text(alias));
            Declare(Name(kernel, "name", shown));
        }
    }

    /// <summary>The language before the first line that names one.</summary>
    public string Default { get; }

    /// <summary>The language of the cell that <paramref name="line"/> begins; null where it begins none, or has more in it.</summary>
    public string? Begun(string line)
    {
        if (!line.StartsWith("#!", StringComparison.Ordinal))
            return null;
        var name = line[2..].TrimEnd();
        return CellLanguage.Selected(name) ?? (_declared.TryGetValue(name, out var known) ? known : null);
    }

    private void Declare(string? name)
    {
        if (!string.IsNullOrWhiteSpace(name))
            _declared.Add(name);
    }

    private static T? Typed<T>(JsonObject owner, string key, string kind, string shown)
        where T : JsonNode =>
        owner[key] switch
        {
            null => null,
            T value => value,
            _ => throw new BadNotebookException($"{shown}: \"{key}\" after #!meta is not {kind}"),
        };

    private static string? Name(JsonObject owner, string key, string shown) =>
        owner[key] is null ? null : Text(owner[key]) ?? throw new BadNotebookException($"{shown}: \"{key}\" after #!meta is not a string");

    private static string? Text(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue(out string? text) ? text : null;
}
