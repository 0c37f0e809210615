using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;

namespace Unroll.Notebooks.Documents.Parameters;

/// <summary>Writes a parameter as the C# statement that declares it.</summary>
internal static class ParameterCode
{
    /// <summary><c>int epochs = 5;</c></summary>
    /// <param name="parameter">The name and the value.</param>
    /// <param name="declared">
    /// The type that the notebook gives the variable, which the value is converted to; null where it gives none, and the
    /// value has the type it looks like.
    /// </param>
    /// <exception cref="FormatException">The value does not fit the type, or nothing converts to it.</exception>
    public static string Statement(RunParameter parameter, string? declared)
    {
        if (declared is null)
            return Statement(parameter.Name, ParameterValue.Read(parameter.Text));
        var (name, isNullable) = DeclaredType.Normalize(declared);
        if (name == "string")
        {
            var text = ParameterValue.Read(parameter.Text) is string quoted ? quoted : parameter.Text.Trim();
            return $"{declared} {parameter.Name} = {DeclaredType.Quoted(text)};";
        }

        if (isNullable && parameter.Text.Trim() == "null")
            return $"{declared} {parameter.Name} = null;";
        if (DeclaredType.IsKnown(name))
        {
            return DeclaredType.Literal(name, parameter.Text) is { } literal
                ? $"{declared} {parameter.Name} = {literal};"
                : throw new FormatException($"--parameters {parameter.Name}: \"{parameter.Text}\" is not a value of {declared}, as which the notebook declares it");
        }

        return name is "object" or "dynamic" ? Statement(parameter.Name, ParameterValue.Read(parameter.Text)) : List(parameter, declared);
    }

    /// <summary>A list keeps the type that the notebook declares; its elements are for the compiler to judge.</summary>
    private static string List(RunParameter parameter, string declared)
    {
        var isList = declared.EndsWith("[]", StringComparison.Ordinal) || declared.EndsWith('>');
        if (isList && ParameterValue.Read(parameter.Text) is List<object?> items)
            return $"{declared} {parameter.Name} = {Literal(items)};";
        var expected = isList
            ? "a list is written [1, 2]"
            : $"nothing converts to that; there are {DeclaredType.Known}, and arrays";
        throw new FormatException($"--parameters {parameter.Name}: the notebook declares it as {declared}, and {expected}");
    }

    private static string Statement(string name, object value) => $"{TypeOf(value).Replace("null", "object", StringComparison.Ordinal)} {name} = {Literal(value)};";

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
