using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;

namespace Unroll.Notebooks.Parameters;

/// <summary>Writes a parameter as the C# statement that declares it.</summary>
internal static class ParameterCode
{
    private static readonly HashSet<string> Whole =
        new(StringComparer.Ordinal) { "sbyte", "byte", "short", "ushort", "int", "uint", "long", "ulong", "nint", "nuint" };

    /// <summary><c>int epochs = 5;</c></summary>
    /// <param name="parameter">The name and the value.</param>
    /// <param name="declared">
    /// The type that the notebook gives the variable, or null. A number takes it, so that <c>rate=1</c> stays a double
    /// where <c>rate</c> is one; any text can be a string.
    /// </param>
    public static string Statement(RunParameter parameter, string? declared)
    {
        var value = ParameterValue.Read(parameter.Text);
        if (declared is "string" or "string?" && value is not string)
            value = parameter.Text.Trim();
        var (type, suffix) = (value, declared) switch
        {
            (int or long, "double" or "float" or "decimal") => (declared, ""),
            (int or long, { } whole) when Whole.Contains(whole) => (whole, ""),
            (double, "float") => (declared, "f"),
            (double, "decimal") => (declared, "m"),
            _ => (TypeOf(value), ""),
        };
        return $"{type.Replace("null", "object", StringComparison.Ordinal)} {parameter.Name} = {Literal(value)}{suffix};";
    }

    private static string Literal(object? value) => value switch
    {
        null => "null",
        bool flag => flag ? "true" : "false",
        int number => number.ToString(CultureInfo.InvariantCulture),
        long number => $"{number.ToString(CultureInfo.InvariantCulture)}L",
        double number => Literal(number),
        string text => SymbolDisplay.FormatLiteral(text, quote: true),
        List<object?> items => $"[{string.Join(", ", items.Select(Literal))}]",
        _ => throw new NotSupportedException($"A {value.GetType()} has no literal."),
    };

    private static string Literal(double number)
    {
        var digits = number.ToString("R", CultureInfo.InvariantCulture);
        return digits.AsSpan().ContainsAny('.', 'E') ? digits : $"{digits}.0";
    }

    private static string TypeOf(object? value) => value switch
    {
        bool => "bool",
        int => "int",
        long => "long",
        double => "double",
        string => "string",
        List<object?> items => $"{items.Select(TypeOf).DefaultIfEmpty("object").Aggregate(Common)}[]",
        _ => "null", // only in lists; one that holds nothing else is a list of objects
    };

    /// <summary>The type of which both can be elements; null goes with every type that has it.</summary>
    private static string Common(string one, string other)
    {
        if (one == other)
            return one;
        string[] numbers = ["int", "long", "double"];
        var (first, second) = (Array.IndexOf(numbers, one), Array.IndexOf(numbers, other));
        if (first >= 0 && second >= 0)
            return numbers[Math.Max(first, second)];
        if (one.EndsWith("[]", StringComparison.Ordinal) && other.EndsWith("[]", StringComparison.Ordinal))
            return $"{Common(one[..^2], other[..^2])}[]";
        return (one, other) is ("string", "null") or ("null", "string") ? "string" : "object";
    }
}
