namespace Unroll.Notebooks.Reports.Formulas;

/// <summary>A formula holds what has no counterpart here; it is shown as its source.</summary>
internal sealed class FormulaException(string message) : Exception(message);
