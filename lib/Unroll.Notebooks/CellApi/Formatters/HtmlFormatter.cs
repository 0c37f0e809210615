namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>The view that a browser shows.</summary>
public static class HtmlFormatter
{
    /// <summary><c>text/html</c>.</summary>
    public const string MimeType = "text/html";

    /// <summary>What writes values of <paramref name="type"/> as HTML.</summary>
    public static ITypeFormatter GetPreferredFormatterFor(Type type) => Formatter.GetPreferredFormatterFor(type, MimeType);

    /// <summary>What writes values of <typeparamref name="T"/> as HTML.</summary>
    /// <typeparam name="T">The type.</typeparam>
    public static ITypeFormatter GetPreferredFormatterFor<T>() => GetPreferredFormatterFor(typeof(T));
}

/// <summary>Writes values of <typeparamref name="T"/> as HTML: <c>Formatter.Register(new HtmlFormatter&lt;T&gt;(…))</c>.</summary>
/// <typeparam name="T">The type.</typeparam>
public class HtmlFormatter<T> : FunctionFormatter<T>
{
    /// <summary>Creates a formatter that writes, or returns false to leave a value to another one.</summary>
    public HtmlFormatter(FormatDelegate<T> format)
        : base(format)
    {
    }

    /// <summary>Creates a formatter that writes.</summary>
    public HtmlFormatter(Action<T, FormatContext> format)
        : base(format)
    {
    }

    /// <summary>Creates a formatter that makes the HTML.</summary>
    public HtmlFormatter(Func<T, string> format)
        : base(format)
    {
    }

    /// <inheritdoc/>
    public override string MimeType => HtmlFormatter.MimeType;
}
