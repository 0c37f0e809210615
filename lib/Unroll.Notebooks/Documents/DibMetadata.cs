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
        var (language, spec) = KernelSpec(meta[KernelInfo]);
        var result = new SortedDictionary<string, JsonNode?>(StringComparer.Ordinal)
        {
            [KernelSpecKey] = spec,
            [LanguageInfo] = LanguageInfoOf(language),
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
        var (language, spec) = KernelSpec(kernels);
        foreach (var (key, value) in metadata)
        {
            // What a reader puts there by itself is not written.
            var isImplied = key switch
            {
                KernelSpecKey => JsonNode.DeepEquals(value, spec),
                LanguageInfo => JsonNode.DeepEquals(value, LanguageInfoOf(language)),
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

    /// <summary>The file's default language, and the Jupyter kernel that starts with it.</summary>
    private static (string Language, JsonObject Spec) KernelSpec(JsonNode? kernelInfo)
    {
        var name = (kernelInfo as JsonObject)?["defaultKernelName"] is JsonValue value && value.TryGetValue(out string? said) ? said : "";
        var (language, kernel) = CellLanguage.Normalize(name) switch
        {
            "fsharp" => ("F#", ".net-fsharp"),
            "pwsh" => ("PowerShell", ".net-pwsh"),
            _ => ("C#", ".net-csharp"),
        };
        return (language, new JsonObject { ["display_name"] = $".NET ({language})", ["language"] = language, ["name"] = kernel });
    }

    /// <summary>
    /// What readers without the kernel colour cells by: nbconvert asks for the lexer, Jupyter for CodeMirror's mode, VS Code
    /// and GitHub for the name.
    /// </summary>
    private static JsonObject LanguageInfoOf(string kernelLanguage) => kernelLanguage switch
    {
        "F#" => Language("F#", ".fs", "text/x-fsharp", "fsharp"),
        "PowerShell" => Language("PowerShell", ".ps1", "application/x-powershell", "powershell"),
        _ => Language("C#", ".cs", "text/x-csharp", "csharp"),
    };

    private static JsonObject Language(string name, string ending, string mimeType, string lexer) => new()
    {
        ["codemirror_mode"] = mimeType,
        ["file_extension"] = ending,
        ["mimetype"] = mimeType,
        ["name"] = name,
        ["pygments_lexer"] = lexer,
    };

    private static JsonObject DefaultKernelInfo() => new()
    {
        ["defaultKernelName"] = CellLanguage.CSharp,
        ["items"] = new JsonArray(Kernel(CellLanguage.CSharp)),
    };

    private static JsonObject Kernel(string name) => new() { ["aliases"] = new JsonArray(), ["name"] = name };
}
