namespace Unroll.Notebooks.Formatting;

/// <summary>The views of one value: its text by MIME type, in the order Jupyter stores them.</summary>
internal sealed class MimeBundle() : SortedDictionary<string, string>(StringComparer.Ordinal)
{
    public const string Html = "text/html";
    public const string Plain = "text/plain";
    public const string Markdown = "text/markdown";
    public const string Json = "application/json";
    public const string Csv = "text/csv";

    /// <summary>A bundle of one text.</summary>
    public static MimeBundle OfText(string text) => new() { [Plain] = text };

    /// <summary>How many characters the bundle holds.</summary>
    public long Length => Values.Sum(text => (long)text.Length);
}
