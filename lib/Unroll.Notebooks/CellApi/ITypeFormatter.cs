namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Writes values of one type as one MIME type.</summary>
public interface ITypeFormatter
{
    /// <summary>What it writes.</summary>
    string MimeType { get; }

    /// <summary>What it writes it of; types derived from it are meant too.</summary>
    Type Type { get; }

    /// <summary>Writes <paramref name="instance"/>.</summary>
    /// <param name="instance">The value.</param>
    /// <param name="context">Holds the writer.</param>
    /// <returns>False where it leaves the value to another formatter.</returns>
    bool Format(object instance, FormatContext context);
}

/// <summary>Creates the formatters of a type that names it in a <see cref="TypeFormatterSourceAttribute"/>.</summary>
public interface ITypeFormatterSource
{
    /// <summary>The formatters.</summary>
    IEnumerable<ITypeFormatter> CreateTypeFormatters();
}

/// <summary>Writes a value, or returns false to leave it to another formatter.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="value">The value.</param>
/// <param name="context">Holds the writer.</param>
public delegate bool FormatDelegate<in T>(T value, FormatContext context);

/// <summary>Where a formatter writes to.</summary>
/// <param name="writer">The writer.</param>
public sealed class FormatContext(TextWriter writer)
{
    /// <summary>The writer.</summary>
    public TextWriter Writer { get; } = writer;
}

/// <summary>Names the formatters of a type.</summary>
/// <param name="formatterSourceType">Creates them: an <see cref="ITypeFormatterSource"/> with a constructor that takes nothing.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>What creates them.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>The MIME types to send values as; text/html where there are none.</summary>
    public string[]? PreferredMimeTypes { get; set; }
}
