using System.Text.Json.Nodes;

namespace Unroll.Notebooks.Documents;

/// <summary>
/// The metadata of a notebook in its two places. In a .dib file <c>kernelInfo</c> stands at the top; in an .ipynb file it
/// stands in <c>polyglot_notebook</c>, beside what Jupyter wants. All else is the same in both.
/// </summary>
internal static class DibMetadata
{
    private const string KernelInfo = "kernelInfo";
    private const string Polyglot = "polyglot_notebook";

    /// <summary>The metadata of an .ipynb file.</summary>
    public static JsonObject ToNotebook(JsonObject meta)
    {
        var entries = meta.Where(entry => entry.Key != KernelInfo)
            .Select(entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone()))
            .Append(KeyValuePair.Create<string, JsonNode?>("kernelspec", KernelSpec(meta[KernelInfo]?["defaultKernelName"])))
            .Append(KeyValuePair.Create<string, JsonNode?>("language_info", new JsonObject { ["name"] = "polyglot-notebook" }))
            .Append(KeyValuePair.Create<string, JsonNode?>(
                Polyglot, new JsonObject { [KernelInfo] = meta[KernelInfo]?.DeepClone() ?? DefaultKernelInfo() }));
        return new JsonObject(entries.DistinctBy(entry => entry.Key, StringComparer.Ordinal).OrderBy(entry => entry.Key, StringComparer.Ordinal));
    }

    /// <summary>The metadata of a .dib file.</summary>
    public static JsonObject ToDib(JsonObject metadata)
    {
        var kernelInfo = (metadata[Polyglot] as JsonObject)?[KernelInfo]?.DeepClone() ?? DefaultKernelInfo();
        var others = metadata.Where(entry => entry.Key is not (KernelInfo or Polyglot or "kernelspec" or "language_info"))
            .Select(entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone()));
        return new JsonObject([KeyValuePair.Create(KernelInfo, (JsonNode?)kernelInfo), .. others]);
    }

    /// <summary>The Jupyter kernel that starts with the file's default language.</summary>
    private static JsonObject KernelSpec(JsonNode? defaultKernel)
    {
        var (language, name) = defaultKernel?.ToString() switch
        {
            "fsharp" => ("F#", ".net-fsharp"),
            "pwsh" => ("PowerShell", ".net-pwsh"),
            _ => ("C#", ".net-csharp"),
        };
        return new JsonObject { ["display_name"] = $".NET ({language})", ["language"] = language, ["name"] = name };
    }

    private static JsonObject DefaultKernelInfo() => new()
    {
        ["defaultKernelName"] = CellLanguage.CSharp,
        ["items"] = new JsonArray(new JsonObject { ["aliases"] = new JsonArray(), ["name"] = CellLanguage.CSharp }),
    };
}
