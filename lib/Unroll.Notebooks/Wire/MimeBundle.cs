using Unroll.Notebooks.Documents;

namespace Unroll.Notebooks.Wire;

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

    /// <summary>
    /// The bundle as files and messages can hold it: a view whose type is JSON and whose text is not is shown as text.
    /// </summary>
    public MimeBundle Sound()
    {
        var broken = this.Where(view => JsonText.IsType(view.Key) && !JsonText.TryParse(view.Value, out _)).ToList();
        foreach (var (type, text) in broken)
        {
            Remove(type);
            if (!ContainsKey(Plain))
                this[Plain] = text;
        }

        return this;
    }

    /// <summary>How many characters the bundle holds.</summary>
    public long Length => Values.Sum(text => (long)text.Length);
}
