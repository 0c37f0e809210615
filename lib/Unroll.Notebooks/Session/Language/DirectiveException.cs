namespace Unroll.Notebooks.Session.Language;

/// <summary>A line that speaks to the host cannot be done. The message says which, why, and what to do.</summary>
internal sealed class DirectiveException(string message, int line) : NotSupportedException(message)
{
    /// <summary>The line of the cell, from 1.</summary>
    public int Line { get; } = line;
}
