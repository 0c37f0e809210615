using System.Text;
using AngleSharp.Dom;
using Unroll.Notebooks.Documents;

namespace Unroll.Notebooks.Reports.Formulas;

/// <summary>An element of MathML: it has text, or other elements.</summary>
internal sealed record MathNode
{
    private const string MathMl = "http://www.w3.org/1998/Math/MathML";

    private MathNode(string name, string text, IReadOnlyList<MathNode> children)
    {
        Name = name;
        Text = text;
        Children = children;
    }

    public string Name { get; }

    /// <summary>The text; empty where there are other elements.</summary>
    public string Text { get; }

    public IReadOnlyList<MathNode> Children { get; }

    /// <summary>Attributes, in the order in which they are written.</summary>
    public IReadOnlyList<(string Name, string Value)> Attributes { get; init; } = [];

    /// <summary>Whether bounds stand above and below, as those of a sum do.</summary>
    public bool HasLimits { get; init; }

    /// <summary>Whether this is the name of a function, which stands off what follows.</summary>
    public bool IsFunction { get; init; }

    public static MathNode Leaf(string name, string text, params IReadOnlyList<(string Name, string Value)> attributes) =>
        new(name, text, []) { Attributes = attributes };

    public static MathNode Of(string name, params IReadOnlyList<MathNode> children) => new(name, "", children);

    public static MathNode Of(string name, IReadOnlyList<(string Name, string Value)> attributes, params IReadOnlyList<MathNode> children) =>
        new(name, "", children) { Attributes = attributes };

    /// <summary>One node of several: what is alone needs no row around it.</summary>
    public static MathNode Row(IReadOnlyList<MathNode> nodes) => nodes.Count == 1 ? nodes[0] : Of("mrow", nodes);

    /// <summary>The element in a document.</summary>
    public IElement ToElement(IDocument document)
    {
        var element = document.CreateElement(MathMl, Name);
        foreach (var (name, value) in Attributes)
            element.SetAttribute(name, value);
        if (Text.Length > 0)
            element.TextContent = Text;
        foreach (var child in Children)
            element.AppendChild(child.ToElement(document));
        return element;
    }

    /// <summary>The element as a page holds it.</summary>
    public override string ToString()
    {
        var html = new StringBuilder();
        Write(html);
        return html.ToString();
    }

    private void Write(StringBuilder html)
    {
        html.Append('<').Append(Name);
        foreach (var (name, value) in Attributes)
            html.Append(' ').Append(name).Append("=\"").Append(HtmlText.Encode(value)).Append('"');
        html.Append('>').Append(HtmlText.Encode(Text));
        foreach (var child in Children)
            child.Write(html);
        html.Append("</").Append(Name).Append('>');
    }
}
