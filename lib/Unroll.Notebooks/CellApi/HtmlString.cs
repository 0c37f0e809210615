using System.Text.Encodings.Web;

namespace Microsoft.AspNetCore.Html;

/// <summary>Something that is HTML already and is shown without encoding.</summary>
public interface IHtmlContent
{
    /// <summary>Writes the HTML to <paramref name="writer"/>.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="encoder">Encodes the parts that are plain text.</param>
    void WriteTo(TextWriter writer, HtmlEncoder encoder);
}

/// <summary>A string of HTML.</summary>
/// <param name="value">The HTML; null is the empty string.</param>
public sealed class HtmlString(string? value) : IHtmlContent
{
    /// <summary>The HTML.</summary>
    public string Value { get; } = value ?? "";

    /// <inheritdoc/>
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(Value);
    }

    /// <summary>The HTML.</summary>
    public override string ToString() => Value;
}
