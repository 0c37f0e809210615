namespace Unroll.Notebooks.Session.Language;

/// <summary>One thing that a cell asks for; a cell is a list of them.</summary>
/// <param name="Line">The line of the cell that it starts in, from 1.</param>
internal abstract record CellStep(int Line);

/// <summary>C# to run. Lines before it are empty, so that its own keep their numbers.</summary>
internal sealed record CodeStep(int Line, string Code) : CellStep(Line);

/// <summary>F# to run, with lines before it that are empty too.</summary>
internal sealed record FSharpStep(int Line, string Code) : CellStep(Line);

/// <summary>HTML, JavaScript, Markdown or a diagram for the page.</summary>
internal sealed record ContentStep(int Line, string Language, string Text) : CellStep(Line)
{
    /// <summary>What stands after the name of the language.</summary>
    public string Options { get; init; } = "";
}

/// <summary>Text to keep under a name; both may be in the line's options. Null where no text follows.</summary>
internal sealed record ValueStep(int Line, string Options, string? Text) : CellStep(Line);

/// <summary>Text in a language that this host leaves alone.</summary>
internal sealed record ForeignStep(int Line, string Language) : CellStep(Line);

/// <summary>A command to the host, such as <c>#!time</c>.</summary>
/// <param name="Line">Its line.</param>
/// <param name="Name">What follows <c>#!</c>.</param>
/// <param name="Arguments">What follows the name.</param>
/// <param name="Language">The language that it stands in, whose variables it is about.</param>
internal sealed record CommandStep(int Line, string Name, string Arguments, string Language) : CellStep(Line);
