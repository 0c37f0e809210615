namespace Unroll.Notebooks.Session.Language;

/// <summary>One thing that a cell asks for; a cell is a list of them.</summary>
/// <param name="Line">The line of the cell that it starts in, from 1.</param>
internal abstract record CellStep(int Line);

/// <summary>C# to run. Lines before it are empty, so that its own keep their numbers.</summary>
internal sealed record CodeStep(int Line, string Code) : CellStep(Line);

/// <summary>HTML, JavaScript or Markdown for the page.</summary>
internal sealed record ContentStep(int Line, string Language, string Text) : CellStep(Line);

/// <summary>Text in a language that this host leaves alone.</summary>
internal sealed record ForeignStep(int Line, string Language) : CellStep(Line);

/// <summary>A command to the host, such as <c>#!time</c>.</summary>
internal sealed record CommandStep(int Line, string Name, string Arguments) : CellStep(Line);
