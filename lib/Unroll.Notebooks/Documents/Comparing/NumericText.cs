using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Unroll.Notebooks.Documents.Comparing;

/// <summary>
/// Compares lines of text: exactly, but for the floating-point numbers in them, which may differ by a tolerance. A
/// number is one when it is written with a point or an exponent; integers, and so shapes such as (2, 3, 5), are text.
/// </summary>
internal static partial class NumericText
{
    /// <summary>How far a number may be off, as a part of itself.</summary>
    public const double RelativeTolerance = 1e-4;

    /// <summary>How far a number may be off whatever its size.</summary>
    public const double AbsoluteTolerance = 1e-6;

    private const char Placeholder = '\uFFFF';

    /// <summary>Whether the two lines say the same.</summary>
    /// <param name="expected">What the file has.</param>
    /// <param name="actual">What came.</param>
    /// <param name="tolerance">How far a number may be off, as a part of itself and whatever its size; null for the usual.</param>
    public static bool Same(string expected, string actual, double? tolerance = null)
    {
        if (expected == actual)
            return true;
        var (expectedText, expectedNumbers) = Split(expected);
        var (actualText, actualNumbers) = Split(actual);
        return expectedText == actualText
            && expectedNumbers.Zip(actualNumbers).All(pair => Close(pair.First, pair.Second, tolerance));
    }

    /// <summary>
    /// The text with its numbers taken out. The blanks beside a number go with it: a column is padded to its longest
    /// number, and one digit more or less moves them.
    /// </summary>
    private static (string Text, List<string> Numbers) Split(string line)
    {
        var text = new StringBuilder();
        var numbers = new List<string>();
        var start = 0;
        foreach (Match match in Number().Matches(line))
        {
            text.Append(line, start, match.Index - start).Append(Placeholder);
            numbers.Add(match.Groups["number"].Value);
            start = match.Index + match.Length;
        }

        return (text.Append(line, start, line.Length - start).ToString(), numbers);
    }

    /// <summary>Whole numbers, such as NumPy's «3.», are exact when both are whole.</summary>
    private static bool Close(string expected, string actual, double? tolerance)
    {
        var first = double.Parse(expected, NumberStyles.Float, CultureInfo.InvariantCulture);
        var second = double.Parse(actual, NumberStyles.Float, CultureInfo.InvariantCulture);
        if (first.Equals(second))
            return true;
        return !(IsWhole(expected) && IsWhole(actual))
            && Math.Abs(first - second) <= (tolerance ?? AbsoluteTolerance) + ((tolerance ?? RelativeTolerance) * Math.Abs(first));
    }

    private static bool IsWhole(string number) => number.EndsWith('.');

    [GeneratedRegex(
        """
        [ ]*
        (?<number>
          ((?<![\w.)\]]) [+-])?                                                    # a sign, not a minus between two things
          ( (?<![\d.]) (\d+\.\d* | \.\d+) ([eE][+-]?\d+)? (?! \d | \.\d)           # with a point, but no version 1.2.3
          | (?<![\w.]) \d+ [eE] [+-]? \d+ (?! \w | \.\d) )                        # with an exponent, but no word a1e5
        )
        [ ]*
        """,
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace,
        matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Number();
}
