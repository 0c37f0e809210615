using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Unroll.Notebooks.Documents.Parameters;

/// <summary>
/// The value that a text stands for, as its looks say: <c>true</c>, <c>5</c>, <c>0.5</c>, <c>[1, 2]</c>, else the text
/// itself. Quotes make a text of what would be something else: <c>"5"</c>.
/// </summary>
internal static partial class ParameterValue
{
    /// <summary>A bool, an int, a long, a double, a string, or a list of such; in a list also null.</summary>
    /// <exception cref="FormatException">The text looks like a value that it is not.</exception>
    public static object Read(string text)
    {
        var value = text.Trim();
        if (value is "true" or "True")
            return true;
        if (value is "false" or "False")
            return false;
        if (WholeNumber().IsMatch(value))
            return Whole(value);
        if (FloatingNumber().IsMatch(value))
            return Finite(double.Parse(value, CultureInfo.InvariantCulture), value);
        return value is ['[', ..] or ['"', .., '"'] ? Json(value) : text;
    }

    private static object Whole(string value)
    {
        if (int.TryParse(value, CultureInfo.InvariantCulture, out var number))
            return number;
        return long.TryParse(value, CultureInfo.InvariantCulture, out var big)
            ? big
            : throw new FormatException($"{value} does not fit a long: write it as {value}.0 for a double or \"{value}\" for a text");
    }

    private static double Finite(double number, string value) =>
        double.IsFinite(number) ? number : throw new FormatException($"{value} does not fit a double");

    private static object Json(string value)
    {
        try
        {
            using var document = JsonDocument.Parse(value);
            return Value(document.RootElement)!;
        }
        catch (JsonException error)
        {
            var kind = value[0] == '[' ? "array" : "string";
            throw new FormatException(
                $"{value} begins like a JSON {kind} and is not one: put it in quotes, as a JSON string, if it is a text",
                error);
        }
    }

    private static object? Value(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Null => null,
        JsonValueKind.String => element.GetString()!,
        JsonValueKind.Array => element.EnumerateArray().Select(Value).ToList(),
        JsonValueKind.Number when WholeNumber().IsMatch(element.GetRawText()) => Whole(element.GetRawText()),
        JsonValueKind.Number => Finite(element.GetDouble(), element.GetRawText()),
        _ => throw new FormatException("a JSON object has no C# literal: give it as a text and read it in the notebook"),
    };

    /// <summary>No leading zeros: 007 is a name rather than a number.</summary>
    [GeneratedRegex(@"^-?(0|[1-9]\d*)\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 1000)]
    private static partial Regex WholeNumber();

    [GeneratedRegex(@"^-?((0|[1-9]\d*)\.?|(0|[1-9]\d*)?\.\d+)(e[+-]?\d+)?\z", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex FloatingNumber();
}
