namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>The view that a terminal shows.</summary>
public static class PlainTextFormatter
{
    /// <summary><c>text/plain</c>.</summary>
    public const string MimeType = "text/plain";

    /// <summary>What writes values of <paramref name="type"/> as text.</summary>
    public static ITypeFormatter GetPreferredFormatterFor(Type type) => Formatter.GetPreferredFormatterFor(type, MimeType);

    /// <summary>What writes values of <typeparamref name="T"/> as text.</summary>
    /// <typeparam name="T">The type.</typeparam>
    public static ITypeFormatter GetPreferredFormatterFor<T>() => GetPreferredFormatterFor(typeof(T));
}

/// <summary>Writes values of <typeparamref name="T"/> as text.</summary>
/// <typeparam name="T">The type.</typeparam>
public class PlainTextFormatter<T> : FunctionFormatter<T>
{
    /// <summary>Creates a formatter that writes, or returns false to leave a value to another one.</summary>
    public PlainTextFormatter(FormatDelegate<T> format)
        : base(format)
    {
    }

    /// <summary>Creates a formatter that writes.</summary>
    public PlainTextFormatter(Action<T, FormatContext> format)
        : base(format)
    {
    }

    /// <summary>Creates a formatter that makes the text.</summary>
    public PlainTextFormatter(Func<T, string> format)
        : base(format)
    {
    }

    /// <inheritdoc/>
    public override string MimeType => PlainTextFormatter.MimeType;
}
