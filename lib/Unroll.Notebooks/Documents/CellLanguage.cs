using System.Text.Json.Nodes;

namespace Unroll.Notebooks.Documents;

/// <summary>Finds the language a code cell is written in.</summary>
internal static class CellLanguage
{
    /// <summary>The language that this host is for.</summary>
    public const string CSharp = "csharp";

    /// <summary>Runs too, where its compiler can be had.</summary>
    public const string FSharp = "fsharp";

    /// <summary>Text that is kept under a name, as it stands.</summary>
    public const string Value = "value";

    /// <summary>Diagrams, in the language of Mermaid.</summary>
    public const string Mermaid = "mermaid";

    /// <summary>Scripts for the page.</summary>
    public const string JavaScript = "javascript";

    /// <summary>What a leading <c>#!name</c> may name, with the spelling used in reports.</summary>
    private static readonly Dictionary<string, string> Selectors = new(StringComparer.OrdinalIgnoreCase)
    {
        ["csharp"] = CSharp,
        ["c#"] = CSharp,
        ["cs"] = CSharp,
        [".net-csharp"] = CSharp,
        ["fsharp"] = FSharp,
        ["f#"] = FSharp,
        ["fs"] = FSharp,
        [".net-fsharp"] = FSharp,
        ["pwsh"] = "pwsh",
        ["powershell"] = "pwsh",
        [".net-powershell"] = "pwsh",
        ["javascript"] = JavaScript,
        ["js"] = JavaScript,
        ["html"] = "html",
        ["markdown"] = "markdown",
        ["md"] = "markdown",
        ["mermaid"] = Mermaid,
        ["sql"] = "sql",
        ["kql"] = "kql",
        ["http"] = "http",
        ["value"] = Value,
        ["python"] = "python",
        ["r"] = "r",
    };

    /// <summary>What notebooks of several languages say instead of one.</summary>
    private const string Several = "polyglot-notebook";

    /// <summary>VS Code's names for the languages of .NET Interactive begin so.</summary>
    private const string VsCodePrefix = "dotnet-interactive.";

    /// <summary>
    /// The language of a code cell: its leading <c>#!name</c>, else what its metadata says, else what the notebook's
    /// metadata says; null where nothing names one.
    /// </summary>
    public static string? Named(string source, JsonObject cellMetadata, JsonObject notebookMetadata) =>
        FromSelector(source)
        ?? FromCell(cellMetadata)
        ?? OfNotebook(notebookMetadata);

    /// <summary>The language of cells that name none; null where the notebook names none either.</summary>
    public static string? OfNotebook(JsonObject metadata) =>
        Find(metadata, "polyglot_notebook", "kernelInfo", "defaultKernelName")
        ?? Find(metadata, "dotnet_interactive", "defaultKernelName")
        ?? Find(metadata, "kernelspec", "language")
        ?? Find(metadata, "kernelspec", "name")
        ?? Find(metadata, "language_info", "name");

    /// <summary>What this host does something with: C# and F# run, a value is kept, the others are shown.</summary>
    public static IReadOnlyList<string> Known { get; } = [CSharp, FSharp, "html", JavaScript, "markdown", Mermaid, Value];

    /// <summary>Whether this host does something with <paramref name="language"/>, in its one spelling.</summary>
    public static bool IsKnown(string language) => Known.Contains(language, StringComparer.OrdinalIgnoreCase);

    /// <summary>The language that a line <c>#!name</c> switches to, or null where the name is not a language.</summary>
    public static string? Selected(string name) => Selectors.GetValueOrDefault(name);

    /// <summary>One spelling for each language; a language we do not know keeps its own.</summary>
    public static string Normalize(string name) => Selectors.GetValueOrDefault(name.Trim(), name.Trim());

    private static string? FromSelector(string source)
    {
        foreach (var line in source.Split('\n'))
        {
            var text = line.Trim();
            if (text.Length == 0)
                continue;
            return text.StartsWith(HostLines.Prefix, StringComparison.Ordinal) ? Selected(HostLines.Read(text).Name) : null;
        }

        return null;
    }

    private static string? FromCell(JsonObject metadata) =>
        Find(metadata, "polyglot_notebook", "kernelName")
        ?? Find(metadata, "dotnet_interactive", "language")
        ?? Find(metadata, "vscode", "languageId");

    private static string? Find(JsonObject metadata, params ReadOnlySpan<string> path)
    {
        JsonNode? node = metadata;
        foreach (var key in path)
            node = (node as JsonObject)?[key];
        if (node is not JsonValue value || !value.TryGetValue(out string? name) || string.IsNullOrWhiteSpace(name))
            return null;
        name = name.Trim();
        if (name.StartsWith(VsCodePrefix, StringComparison.OrdinalIgnoreCase))
            name = name[VsCodePrefix.Length..];
        return name.Equals(Several, StringComparison.OrdinalIgnoreCase) ? null : Normalize(name);
    }
}
