namespace Unroll.Figures;

/// <summary>How a notebook shows a figure: Plotly's own JSON, a picture that can become interactive, characters.</summary>
internal sealed class FigureFormatters
{
    public const string PlotlyMimeType = "application/vnd.plotly.v1+json";

    public static IEnumerable<object> CreateTypeFormatters() =>
    [
        new Formatter(PlotlyMimeType, figure => figure.ToJson()),
        new Formatter("text/html", figure => figure.ToHtml()),
        new Formatter("text/plain", figure => figure.ToText()),
    ];

    /// <summary>One view. Hosts find <see cref="MimeType"/> and <see cref="Format"/> by their names.</summary>
    internal sealed class Formatter(string mimeType, Func<Figure, string> view)
    {
        public string MimeType => mimeType;

        public bool Format(object instance, TextWriter writer)
        {
            writer.Write(view((Figure)instance));
            return true;
        }
    }
}

/// <summary>Tells a notebook host where the formatters are. Hosts look for an attribute of this simple name, whatever its namespace.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    /// <summary>A type with a method <c>CreateTypeFormatters()</c>.</summary>
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>The MIME types that a host sends, all of them.</summary>
    public string[] PreferredMimeTypes { get; set; } = [];
}
