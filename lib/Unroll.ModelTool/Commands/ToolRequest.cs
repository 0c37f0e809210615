namespace Unroll.ModelTool.Commands;

/// <summary>What the command line asks for. Without any of it, the file is looked into.</summary>
internal sealed record ToolRequest
{
    /// <summary>The file.</summary>
    public required string File { get; init; }

    /// <summary>Where the drawing goes, or null.</summary>
    public string? Svg { get; init; }

    /// <summary>Whether the flow chart is asked for.</summary>
    public bool WantsMermaid { get; init; }

    /// <summary>Where it goes; null for the console.</summary>
    public string? Mermaid { get; init; }

    /// <summary>The file to convert to, or null.</summary>
    public string? To { get; init; }

    /// <summary>The file to predict from, or null.</summary>
    public string? Data { get; init; }

    /// <summary>Where the predictions go; null for the console.</summary>
    public string? Output { get; init; }

    /// <summary>How many samples are computed at a time; null by default.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Whether notes are left out.</summary>
    public bool IsQuiet { get; init; }

    /// <summary>Whether a page on the file is asked for, and nothing else.</summary>
    public bool IsInspection => Svg is null && !WantsMermaid && To is null && Data is null;

    /// <summary>The files that are read.</summary>
    public IEnumerable<string> Read => new[] { File, Data }.OfType<string>();

    /// <summary>The files to write, by the options that name them.</summary>
    public IEnumerable<(string Option, string Path)> Written =>
        new[] { ("--svg", Svg), ("--mermaid", Mermaid), ("--to", To), ("--output", Output) }
            .Where(one => one.Item2 is not null).Select(one => (one.Item1, one.Item2!));
}
