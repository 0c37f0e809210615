namespace Unroll.Notebooks.Wire;

/// <summary>Whether code can run as it is, needs more lines, or is wrong whatever follows.</summary>
/// <param name="Status">In Jupyter's words: <c>complete</c>, <c>incomplete</c>, <c>invalid</c> or <c>unknown</c>.</param>
/// <param name="Indent">With what the next line should begin, where one must follow.</param>
internal sealed record Completeness(string Status, string? Indent = null)
{
    /// <summary>Nobody could say; front ends send such code.</summary>
    public static Completeness Unknown { get; } = new("unknown");
}
