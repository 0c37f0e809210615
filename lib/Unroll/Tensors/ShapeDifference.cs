using System.Globalization;

namespace Unroll;

/// <summary>How two shapes differ, in words, and where in a shape an element lies.</summary>
internal static class ShapeDifference
{
    /// <summary>A sentence or two: what came, what was expected, and in which axis they part.</summary>
    /// <param name="expected">The shape that was expected.</param>
    /// <param name="actual">The shape that came.</param>
    /// <param name="isOpen">Whether an unknown axis of the expected shape may have any length.</param>
    public static string Words(Shape expected, Shape actual, bool isOpen)
    {
        var whole = $"{actual} came, and {expected} was expected.";
        if (actual.Rank != expected.Rank)
            return $"{whole} {Axes(actual.Rank)} instead of {expected.Rank}.{TimeAxis(expected, actual)}";
        var wrong = Enumerable.Range(0, expected.Rank)
            .Where(axis => expected.At(axis) != actual.At(axis) && !(isOpen && expected.At(axis) is null))
            .ToList();
        return wrong.Count == 1
            ? $"{whole} Only axis {wrong[0]} differs: {Length(actual, wrong[0])} instead of {Length(expected, wrong[0])}."
            : $"{whole} Axes {string.Join(", ", wrong[..^1])} and {wrong[^1]} differ.";
    }

    /// <summary>The indices of an element, as one writes them: <c>[0, 2, 4]</c>.</summary>
    public static string Place(Shape shape, int element)
    {
        var indices = new int[shape.Rank];
        for (var axis = shape.Rank - 1; axis >= 0; axis--)
            (element, indices[axis]) = Math.DivRem(element, shape[axis]);
        return $"[{string.Join(", ", indices)}]";
    }

    private static string Axes(int count) => count == 1 ? "It has 1 axis" : $"It has {count} axes";

    /// <summary>The usual reason where (batch, units) and (batch, time, units) were confused.</summary>
    private static string TimeAxis(Shape expected, Shape actual) => (expected.Rank, actual.Rank) switch
    {
        (3, 2) => " The time axis is missing: by default a recurrent layer returns only its last step.",
        (2, 3) => " There is a time axis too many: a recurrent layer returned every step, not only the last.",
        _ => "",
    };

    private static string Length(Shape shape, int axis) => shape.At(axis)?.ToString(CultureInfo.InvariantCulture) ?? "None";
}
