namespace Unroll.Display;

/// <summary>One view of a type: hosts call <c>Format</c> by its name.</summary>
internal sealed class Formatter<T>(string mimeType, Action<T, TextWriter> write)
{
    public string MimeType => mimeType;

    public Type Type { get; } = typeof(T);

    public bool Format(object instance, TextWriter writer)
    {
        if (instance is not T value) return false;
        write(value, writer);
        return true;
    }
}
