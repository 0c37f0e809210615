using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Dynamic;
using System.Globalization;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using Unroll.Notebooks.CellApi.Views;
using Unroll.Notebooks.Documents;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>
/// An HTML element, written as it is read: <c>div[style: "color:red"](h1("Title"), "text")</c>. Brackets take attributes,
/// parentheses take the content. Content is encoded unless it is HTML already.
/// </summary>
public class PocketView : DynamicObject, IHtmlContent
{
    /// <summary>Elements that have no content and no end.</summary>
    private static readonly HashSet<string> Void = new(StringComparer.Ordinal)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr",
    };

    private readonly string? _tag;
    private readonly OrderedDictionary<string, object?> _attributes = new(StringComparer.Ordinal);
    private object?[] _content = [];

    /// <summary>Creates what makes elements by their names: <c>_.section("text")</c>; it is none itself.</summary>
    public PocketView()
    {
    }

    /// <summary>Creates an empty element.</summary>
    /// <param name="tagName">Its name, such as <c>div</c>.</param>
    public PocketView(string tagName)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(tagName);
        _tag = tagName;
    }

    /// <summary>The attributes; one without a value is null.</summary>
    public IDictionary<string, object?> HtmlAttributes => _attributes;

    /// <summary>Shows the element now.</summary>
    /// <returns>A handle that can replace what was shown.</returns>
    public DisplayedValue Display() => Kernel.display(this);

    /// <summary>An element by its name: <c>_.section</c>.</summary>
    public override bool TryGetMember(GetMemberBinder binder, out object? result)
    {
        ArgumentNullException.ThrowIfNull(binder);
        result = new PocketView(binder.Name);
        return true;
    }

    /// <summary>An element by its name, with content: <c>_.section("text")</c>.</summary>
    public override bool TryInvokeMember(InvokeMemberBinder binder, object?[]? args, out object? result)
    {
        ArgumentNullException.ThrowIfNull(binder);
        var element = new PocketView(binder.Name);
        element.SetContent(args);
        result = element;
        return true;
    }

    /// <summary>Sets the content: <c>p("text", b("bold"))</c>.</summary>
    public override bool TryInvoke(InvokeBinder binder, object?[]? args, out object? result)
    {
        SetContent(args);
        result = this;
        return true;
    }

    /// <summary>Replaces the content.</summary>
    /// <param name="args">Texts, elements, other values, and sequences of them.</param>
    public virtual void SetContent(object?[]? args)
    {
        if (_tag is null)
            throw new InvalidOperationException("An element has a name: _.section(\"text\").");
        if (args is { Length: > 0 } && Void.Contains(_tag))
            throw new InvalidOperationException($"<{_tag}> has no content; give it attributes in brackets: {_tag}[id: \"x\"].");
        _content = args ?? [];
    }

    /// <summary>
    /// Sets attributes: <c>a[href: "x", data_id: 3]</c>. An underscore stands for a hyphen, a text without a name for an
    /// attribute without a value, and a dictionary for its entries.
    /// </summary>
    public override bool TryGetIndex(GetIndexBinder binder, object[] indexes, out object? result)
    {
        ArgumentNullException.ThrowIfNull(binder);
        ArgumentNullException.ThrowIfNull(indexes);
        var names = binder.CallInfo.ArgumentNames;
        var unnamed = indexes.Length - names.Count;
        for (var i = 0; i < indexes.Length; i++)
        {
            if (i >= unnamed)
                Set(names[i - unnamed].Replace('_', '-'), indexes[i]);
            else if (indexes[i] is IEnumerable<KeyValuePair<string, object>> entries)
                SetAll(entries);
            else if (indexes[i] is string name)
                Set(name, null);
            else
                throw new ArgumentException($"<{_tag}> takes attributes with names, as in {_tag}[id: \"x\"]; {indexes[i]} has none.");
        }

        result = this;
        return true;
    }

    /// <inheritdoc/>
    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        ArgumentNullException.ThrowIfNull(writer);
        if (_tag is null)
            return;
        writer.Write($"<{_tag}");
        foreach (var (name, value) in _attributes)
        {
            writer.Write($" {name}");
            if (value is not null)
                writer.Write($"=\"{HtmlText.Encode(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "")}\"");
        }

        writer.Write('>');
        if (Void.Contains(_tag))
            return;
        foreach (var part in _content)
            WritePart(part, writer, encoder);
        writer.Write($"</{_tag}>");
    }

    /// <summary>The HTML.</summary>
    public override string ToString()
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        WriteTo(writer, HtmlEncoder.Default);
        return writer.ToString();
    }

    private static void WritePart(object? part, TextWriter writer, HtmlEncoder encoder)
    {
        if (part is IHtmlContent html)
            html.WriteTo(writer, encoder);
        else if (part is string text)
            writer.Write(HtmlText.Encode(text));
        else if (IsContent(part, out var parts))
            parts.ForEach(each => WritePart(each, writer, encoder));
        else
            writer.Write(HtmlView.Fragment(part));
    }

    /// <summary>A sequence of elements is content, one after the other; any other sequence is a value to be shown.</summary>
    private static bool IsContent(object? part, [NotNullWhen(true)] out List<object?>? parts)
    {
        parts = part is IEnumerable sequence and not string ? [.. sequence.Cast<object?>().Take(ValueView.LongestContent)] : null;
        return parts is { Count: > 0 } && parts.TrueForAll(each => each is IHtmlContent);
    }

    private void SetAll(IEnumerable<KeyValuePair<string, object>> entries)
    {
        foreach (var (name, value) in entries)
            Set(name, value);
    }

    private void Set(string name, object? value)
    {
        _attributes.Remove(name);
        _attributes.Add(name, value);
    }
}
