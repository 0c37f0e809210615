namespace Unroll.Views;

/// <summary>One view of a type. Hosts find <see cref="MimeType"/> and <see cref="Format"/> by their names.</summary>
internal sealed class Formatter(string mimeType, Func<object, string> view)
{
    public string MimeType => mimeType;

    public bool Format(object instance, TextWriter writer)
    {
        writer.Write(view(instance));
        return true;
    }
}
