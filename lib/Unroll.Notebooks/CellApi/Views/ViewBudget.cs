namespace Unroll.Notebooks.CellApi.Views;

/// <summary>
/// How many values one view may still hold. The limits for items and depth bound each list, not a list of lists of
/// lists.
/// </summary>
internal sealed class ViewBudget
{
    /// <summary>How many values a view holds at most.</summary>
    public const int MaxValues = 2000;

    private int _left = MaxValues;

    /// <summary>Spends one value; false where there is no more room.</summary>
    public bool TrySpend() => _left-- > 0;

    /// <summary>The note at the end of an incomplete view; null where it is complete.</summary>
    public string? Cut => _left >= 0
        ? null
        : $"… cut after {MaxValues:N0} values";
}
