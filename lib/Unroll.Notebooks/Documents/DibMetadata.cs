using System.Text.Json.Nodes;

namespace Unroll.Notebooks.Documents;

/// <summary>
/// The metadata of a notebook in its two places. In a .dib file <c>kernelInfo</c> stands at the top; in an .ipynb file it
/// stands in <c>polyglot_notebook</c>, beside what Jupyter wants. All else is the same in both.
/// </summary>
internal static class DibMetadata
{
    /// <summary>The kernels of a file, at the top of a .dib file's metadata.</summary>
    public const string KernelInfo = "kernelInfo";

    /// <summary>
    /// Ours: it says that one blank line each begins and ends a cell's text, and any further one belongs to the text.
    /// Without it all blank lines at the ends of a cell belong to the file, as in .NET Interactive.
    /// </summary>
    public const string KeepsBlankLines = "unroll_keeps_blank_lines";

    private const string Polyglot = "polyglot_notebook";
    private const string KernelSpecKey = "kernelspec";
    private const string LanguageInfo = "language_info";

    /// <summary>The metadata of an .ipynb file.</summary>
    public static JsonObject ToNotebook(JsonObject meta)
    {
        var result = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal)
        {
            [KernelSpecKey] = KernelSpec(meta[KernelInfo]),
            [LanguageInfo] = DefaultLanguageInfo(),
        };
        foreach (var (key, value) in meta.Where(entry => entry.Key is not (KernelInfo or KeepsBlankLines)))
            result[key] = value?.DeepClone();
        var polyglot = result.GetValueOrDefault(Polyglot) as JsonObject ?? [];
        polyglot[KernelInfo] = meta[KernelInfo]?.DeepClone() ?? DefaultKernelInfo();
        result[Polyglot] = polyglot;
        return new JsonObject(result);
    }

    /// <summary>The metadata of a .dib file whose cells are in <paramref name="languages"/>.</summary>
    public static JsonObject ToDib(JsonObject metadata, IEnumerable<string> languages)
    {
        var polyglot = metadata[Polyglot] as JsonObject;
        var kernelInfo = polyglot?[KernelInfo] as JsonObject;
        var kernels = (JsonObject?)kernelInfo?.DeepClone() ?? DefaultKernelInfo();
        Declare(kernels, languages);
        var result = new JsonObject { [KernelInfo] = kernels };
        foreach (var (key, value) in metadata)
        {
            // What a reader puts there by itself is not written.
            var isImplied = key switch
            {
                KernelSpecKey => JsonNode.DeepEquals(value, KernelSpec(kernels)),
                LanguageInfo => JsonNode.DeepEquals(value, DefaultLanguageInfo()),
                Polyglot => polyglot is null || polyglot.All(entry => entry.Key == KernelInfo),
                _ => key is KernelInfo or KeepsBlankLines,
            };
            if (!isImplied)
                result[key] = value?.DeepClone();
        }

        if (result[Polyglot] is JsonObject rest)
            rest.Remove(KernelInfo);
        return result;
    }

    /// <summary>A reader takes a line <c>#!name</c> for the begin of a cell only where it knows the name.</summary>
    private static void Declare(JsonObject kernelInfo, IEnumerable<string> languages)
    {
        if (kernelInfo["items"] is not JsonArray items)
            kernelInfo["items"] = items = [];
        var known = items.OfType<JsonObject>()
            .Select(item => item["name"] is JsonValue value && value.TryGetValue(out string? name) ? name : "")
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var language in languages.Where(language => CellLanguage.Selected(language) is null && known.Add(language)))
            items.Add((JsonNode)Kernel(language));
    }

    /// <summary>The Jupyter kernel that starts with the file's default language.</summary>
    private static JsonObject KernelSpec(JsonNode? kernelInfo)
    {
        var name = (kernelInfo as JsonObject)?["defaultKernelName"] is JsonValue value && value.TryGetValue(out string? said) ? said : "";
        var (language, kernel) = CellLanguage.Normalize(name) switch
        {
            "fsharp" => ("F#", ".net-fsharp"),
            "pwsh" => ("PowerShell", ".net-pwsh"),
            _ => ("C#", ".net-csharp"),
        };
        return new JsonObject { ["display_name"] = $".NET ({language})", ["language"] = language, ["name"] = kernel };
    }

    private static JsonObject DefaultLanguageInfo() => new() { ["name"] = "polyglot-notebook" };

    private static JsonObject DefaultKernelInfo() => new()
    {
        ["defaultKernelName"] = CellLanguage.CSharp,
        ["items"] = new JsonArray(Kernel(CellLanguage.CSharp)),
    };

    private static JsonObject Kernel(string name) => new() { ["aliases"] = new JsonArray(), ["name"] = name };
}
