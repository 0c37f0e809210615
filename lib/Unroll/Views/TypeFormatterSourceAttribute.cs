namespace Unroll.Views;

/// <summary>
/// Tells a notebook host where a type's formatters are. Hosts look for an attribute of this simple name, whatever its
/// namespace, so that the library needs none of theirs.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = true)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>A type with a parameterless constructor and a method <c>CreateTypeFormatters()</c>.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>The MIME types that a host sends, all of them.</summary>
    public string[] PreferredMimeTypes { get; set; } = [];
}
