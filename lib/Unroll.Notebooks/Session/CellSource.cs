namespace Unroll.Notebooks.Session;

/// <summary>What is run at once: a cell, or a cell of a file that a cell imports.</summary>
/// <param name="Name">What errors and stack traces call it.</param>
/// <param name="Code">Its text.</param>
/// <param name="Language">The language that the text begins in.</param>
internal sealed record CellSource(string Name, string Code, string Language);
