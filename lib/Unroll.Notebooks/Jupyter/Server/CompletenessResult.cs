namespace Unroll.Notebooks.Jupyter.Server;

/// <summary>Whether code can run as it is.</summary>
/// <param name="Status"><c>complete</c>, <c>incomplete</c>, <c>invalid</c> or <c>unknown</c>.</param>
/// <param name="Indent">With what the next line should begin, where one must follow.</param>
internal sealed record CompletenessResult(string Status, string? Indent = null);
