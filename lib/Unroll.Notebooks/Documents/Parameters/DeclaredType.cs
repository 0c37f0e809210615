using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;

namespace Unroll.Notebooks.Documents.Parameters;

/// <summary>
/// A type that a notebook gives a variable, and how the text of a parameter becomes a C# expression of it: converted here,
/// so that what does not fit is said before anything runs.
/// </summary>
internal static class DeclaredType
{
    private static readonly Dictionary<string, Func<string, string?>> Literals = new(StringComparer.Ordinal)
    {
        ["bool"] = text => text is "true" or "True" ? "true" : text is "false" or "False" ? "false" : null,
        ["sbyte"] = Number<sbyte>,
        ["byte"] = Number<byte>,
        ["short"] = Number<short>,
        ["ushort"] = Number<ushort>,
        ["int"] = Number<int>,
        ["uint"] = Number<uint>,
        ["long"] = Number<long>,
        ["ulong"] = Number<ulong>,
        ["nint"] = Number<int>,
        ["nuint"] = Number<uint>,
        ["float"] = text => Floating(text, IsFinite<float>(text), "f"),
        ["double"] = text => Floating(text, IsFinite<double>(text), text.AsSpan().ContainsAny('.', 'e', 'E') ? "" : "d"),
        ["decimal"] = text => Floating(text, decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out _), "m"),
        ["char"] = text => text.Length == 1 ? SymbolDisplay.FormatLiteral(text[0], quote: true) : null,
        ["DateTime"] = text => Parsed(text, "DateTime", DateTime.TryParse(text, CultureInfo.InvariantCulture, out _)),
        ["DateTimeOffset"] = text => Parsed(text, "DateTimeOffset", DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _)),
        ["DateOnly"] = text => Parsed(text, "DateOnly", DateOnly.TryParse(text, CultureInfo.InvariantCulture, out _)),
        ["TimeOnly"] = text => Parsed(text, "TimeOnly", TimeOnly.TryParse(text, CultureInfo.InvariantCulture, out _)),
        ["TimeSpan"] = text => Parsed(text, "TimeSpan", TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out _)),
        ["Guid"] = text => Parsed(text, "Guid", Guid.TryParse(text, CultureInfo.InvariantCulture, out _)),
        ["Uri"] = text => Uri.TryCreate(text, UriKind.Absolute, out _) ? $"new System.Uri({Quoted(text)})" : null,
    };

    /// <summary>The types, to say which there are.</summary>
    public static string Known => string.Join(", ", Literals.Keys.Append("string"));

    /// <summary>The name that the types here go by: no namespace of .NET's own, no question mark.</summary>
    public static (string Name, bool IsNullable) Normalize(string declared)
    {
        var isNullable = declared.EndsWith('?');
        var name = (isNullable ? declared[..^1] : declared).Trim();
        name = name.StartsWith("global::", StringComparison.Ordinal) ? name["global::".Length..] : name;
        name = name.StartsWith("System.", StringComparison.Ordinal) ? name["System.".Length..] : name;
        return (name switch
        {
            "Boolean" => "bool",
            "Byte" => "byte",
            "Int16" => "short",
            "Int32" => "int",
            "Int64" => "long",
            "Single" => "float",
            "Double" => "double",
            "Decimal" => "decimal",
            "Char" => "char",
            "String" => "string",
            _ => name,
        }, isNullable);
    }

    /// <summary>Whether texts can be converted to the type.</summary>
    public static bool IsKnown(string name) => Literals.ContainsKey(name);

    /// <summary>The expression, or null where the text does not fit the type.</summary>
    public static string? Literal(string name, string text) => Literals[name](text.Trim().Trim('"'));

    /// <summary>A C# string of <paramref name="text"/>.</summary>
    public static string Quoted(string text) => SymbolDisplay.FormatLiteral(text, quote: true);

    private static string? Number<T>(string text)
        where T : System.Numerics.IBinaryInteger<T> =>
        T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number.ToString(null, CultureInfo.InvariantCulture)
            : null;

    private static bool IsFinite<T>(string text)
        where T : System.Numerics.INumberBase<T> =>
        T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && T.IsFinite(number);

    /// <summary>A whole number that fits an int converts by itself; C# does not know <c>5.</c>.</summary>
    private static string? Floating(string text, bool fits, string suffix)
    {
        if (!fits)
            return null;
        var digits = text.TrimStart('+').TrimEnd('.');
        return digits + (int.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) ? "" : suffix);
    }

    private static string? Parsed(string text, string type, bool fits) =>
        fits ? $"System.{type}.Parse({Quoted(text)}, System.Globalization.CultureInfo.InvariantCulture)" : null;
}
