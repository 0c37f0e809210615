namespace Unroll;

/// <summary>Which elements of an axis are shown when an array is shortened: the first and the last few.</summary>
/// <param name="Items">How many at either end.</param>
internal readonly record struct Edges(int Items)
{
    /// <summary>Stands between the indices for those left out.</summary>
    public const int Gap = -1;

    /// <summary>Nothing is left out.</summary>
    public static Edges None => new(int.MaxValue);

    /// <summary>The indices to show of an axis of this length, with a gap where some are left out.</summary>
    public IEnumerable<int> Along(int length)
    {
        var isShortened = length - Items > Items;
        for (var i = 0; i < (isShortened ? Items : length); i++)
            yield return i;
        if (!isShortened)
            yield break;
        yield return Gap;
        // As in NumPy, the last element of an axis is shown even if no edge items are wanted.
        for (var i = length - Math.Max(Items, 1); i < length; i++)
            yield return i;
    }
}
