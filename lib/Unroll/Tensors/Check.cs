using System.Globalization;
using System.Runtime.CompilerServices;

namespace Unroll;

/// <summary>
/// Checks what a lesson claims: a check that holds is silent, and one that does not throws, saying what is wrong in the words of
/// the cell.
/// </summary>
/// <example><code>
/// Check.Shape(y, [2, 3, 5]);
/// Check.Equal(expected: h, actual: y[.., ^1]);
/// </code></example>
public static class Check
{
    /// <summary>Checks the shape of a tensor.</summary>
    /// <param name="actual">The tensor.</param>
    /// <param name="expected">The shape it should have; <see langword="null"/> stands for an axis of any length.</param>
    /// <param name="hint">What to look at when the check fails, or null.</param>
    /// <param name="name">How the tensor is written in the cell; the compiler gives it.</param>
    /// <exception cref="InvalidOperationException">The shape is another.</exception>
    public static void Shape(
        Tensor actual, Shape expected, string? hint = null, [CallerArgumentExpression(nameof(actual))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(name);
        if (!expected.Accepts(actual.Shape))
            throw Failed($"{name} has the wrong shape: {ShapeDifference.Words(expected, actual.Shape, isOpen: true)}", hint);
    }

    /// <summary>Checks a shape, also one that is not known in full: <c>Check.Shape(layer.Shape, [null, 9, 3])</c>.</summary>
    /// <param name="actual">The shape that came.</param>
    /// <param name="expected">The shape that should have come. An unknown axis is equal to an unknown one only.</param>
    /// <param name="hint">What to look at when the check fails, or null.</param>
    /// <param name="name">How the shape is written in the cell; the compiler gives it.</param>
    /// <exception cref="InvalidOperationException">The shape is another.</exception>
    public static void Shape(
        Shape actual, Shape expected, string? hint = null, [CallerArgumentExpression(nameof(actual))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(name);
        if (actual != expected)
            throw Failed($"{name} is wrong: {ShapeDifference.Words(expected, actual, isOpen: false)}", hint);
    }

    /// <summary>Checks that two tensors have the same shape and, within a tolerance, the same numbers.</summary>
    /// <param name="expected">What should have come out.</param>
    /// <param name="actual">What came out.</param>
    /// <param name="tolerance">The greatest difference allowed between two elements. Default: 0.000001.</param>
    /// <param name="hint">What to look at when the check fails, or null.</param>
    /// <param name="expectedName">How the first is written in the cell; the compiler gives it.</param>
    /// <param name="actualName">How the second is written in the cell; the compiler gives it.</param>
    /// <exception cref="InvalidOperationException">They differ; the message names the place where they differ most.</exception>
    public static void Equal(
        Tensor expected,
        Tensor actual,
        double tolerance = 1e-6,
        string? hint = null,
        [CallerArgumentExpression(nameof(expected))] string expectedName = "",
        [CallerArgumentExpression(nameof(actual))] string actualName = "")
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(actual);
        ArgumentNullException.ThrowIfNull(expectedName);
        ArgumentNullException.ThrowIfNull(actualName);
        if (actual.Shape != expected.Shape)
            throw Failed($"{actualName} has shape {actual.Shape}, and {expectedName}, which it should equal, has {expected.Shape}.", hint);
        var (a, b) = (expected.ToArray(), actual.ToArray());
        if (a.Length == 0)
            return;
        var worst = Enumerable.Range(0, a.Length).MaxBy(i => Difference(a[i], b[i]));
        if (Difference(a[worst], b[worst]) <= tolerance)
            return;
        var place = ShapeDifference.Place(expected.Shape, worst);
        throw Failed($"{actualName} should equal {expectedName}, but at {place} it is {Word(b[worst])} and not {Word(a[worst])}.", hint);
    }

    /// <summary>Checks a number.</summary>
    /// <param name="expected">What should have come out.</param>
    /// <param name="actual">What came out.</param>
    /// <param name="tolerance">The greatest difference allowed. Default: 0.000001.</param>
    /// <param name="hint">What to look at when the check fails, or null.</param>
    /// <param name="name">How the number is written in the cell; the compiler gives it.</param>
    /// <exception cref="InvalidOperationException">They differ by more than the tolerance.</exception>
    public static void Equal(
        double expected,
        double actual,
        double tolerance = 1e-6,
        string? hint = null,
        [CallerArgumentExpression(nameof(actual))] string name = "")
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!(Difference(expected, actual) <= tolerance))
            throw Failed($"{name} is {Word(actual)}, but {Word(expected)} was expected.", hint);
    }

    /// <summary>Checks that something is true.</summary>
    /// <param name="condition">What should be true.</param>
    /// <param name="message">What to say when it is not.</param>
    /// <exception cref="InvalidOperationException">It is not true.</exception>
    public static void That(bool condition, string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!condition)
            throw new InvalidOperationException(message);
    }

    private static InvalidOperationException Failed(string message, string? hint) =>
        new(string.IsNullOrEmpty(hint) ? message : $"{message} {hint}");

    /// <summary>The distance of two numbers; infinite where only one of them is a number.</summary>
    private static double Difference(double a, double b) => a.Equals(b) ? 0 : double.IsNaN(a - b) ? double.PositiveInfinity : Math.Abs(a - b);

    private static string Word(double value) => value.ToString("G7", CultureInfo.InvariantCulture);
}
