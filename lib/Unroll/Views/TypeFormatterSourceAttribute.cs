using System.Diagnostics.CodeAnalysis;
using static System.Diagnostics.CodeAnalysis.DynamicallyAccessedMemberTypes;

namespace Unroll.Views;

/// <summary>
/// Tells a notebook host where a type's formatters are. Hosts look for an attribute of this simple name, whatever its
/// namespace, so that the library needs none of theirs.
/// </summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = true)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>
    /// For what is drawn by a library that this one does not know, and prints as text where that is not at hand; named as a
    /// designer or a debugger's proxy is.
    /// </summary>
    /// <param name="formatterSourceType">The type's full name, and its assembly's.</param>
    public TypeFormatterSourceAttribute([DynamicallyAccessedMembers(PublicParameterlessConstructor | PublicMethods)] string formatterSourceType)
        : this(Type.GetType(formatterSourceType) ?? typeof(TextFormatters))
    {
    }

    /// <summary>A type with a parameterless constructor and a method <c>CreateTypeFormatters()</c>.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>The MIME types that a host sends, all of them.</summary>
    public string[] PreferredMimeTypes { get; set; } = [];
}
