namespace Unroll.Notebooks.Reports.Formulas;

/// <summary>Turns the LaTeX of formulas into MathML, which browsers draw with no script.</summary>
internal static class Formula
{
    /// <summary>Longer ones are not formulas.</summary>
    private const int LongestFormula = 10_000;

    /// <summary>The formula as an element <c>math</c>; null where it holds what is not known here, or is too long or too deep.</summary>
    /// <param name="latex">The source without dollar signs.</param>
    /// <param name="isDisplay">Whether it stands on lines of its own.</param>
    public static MathNode? Read(string latex, bool isDisplay)
    {
        if (latex.Length > LongestFormula || string.IsNullOrWhiteSpace(latex))
            return null;
        try
        {
            var row = FormulaParser.Parse(latex);
            return MathNode.Of("math", isDisplay ? [("display", "block"), ("alttext", latex.Trim())] : [("alttext", latex.Trim())], row);
        }
        catch (FormulaException)
        {
            return null;
        }
    }
}
