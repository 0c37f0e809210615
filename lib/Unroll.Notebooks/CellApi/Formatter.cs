using Unroll.Notebooks.CellApi.Views;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>How values are shown, and how to change that. What is set here holds for the session.</summary>
public static class Formatter
{
    private const int FewestItems = 0;

    /// <summary>The MIME type of the view that is sent where neither the type nor the caller names one.</summary>
    public static string DefaultMimeType
    {
        get;
        set
        {
            ArgumentException.ThrowIfNullOrWhiteSpace(value);
            field = value;
        }
    } = HtmlFormatter.MimeType;

    /// <summary>How many items of a sequence are shown; what is left out is said.</summary>
    public static int ListExpansionLimit
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, FewestItems);
            field = value;
        }
    } = ValueView.DefaultItems;

    /// <summary>How deep nested values are shown.</summary>
    public static int RecursionLimit
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 0);
            field = value;
        }
    } = ValueView.DefaultDepth;

    /// <summary>What stands for null.</summary>
    public static string NullString
    {
        get;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            field = value;
        }
    } = ValueView.DefaultNull;

    /// <summary>Shows values of type <typeparamref name="T"/>, and of types derived from it, as the text of <paramref name="formatter"/>.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="formatter">Makes the text.</param>
    /// <param name="mimeType">What the text is.</param>
    public static void Register<T>(Func<T, string> formatter, string mimeType = PlainTextFormatter.MimeType)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        Register(new DelegateFormatter(typeof(T), mimeType, (value, context) =>
        {
            context.Writer.Write(formatter((T)value));
            return true;
        }));
    }

    /// <summary>Shows values of type <typeparamref name="T"/>, and of types derived from it, as <paramref name="formatter"/> writes them.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="formatter">Writes the value.</param>
    /// <param name="mimeType">What it writes.</param>
    public static void Register<T>(Action<T, TextWriter> formatter, string mimeType = PlainTextFormatter.MimeType)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        Register(typeof(T), (value, writer) => formatter((T)value, writer), mimeType);
    }

    /// <summary>Shows values of type <typeparamref name="T"/> as <paramref name="formatter"/> writes them, unless it returns false.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <param name="formatter">Writes the value and returns true, or leaves it to the next formatter.</param>
    /// <param name="mimeType">What it writes.</param>
    public static void Register<T>(FormatDelegate<T> formatter, string mimeType = PlainTextFormatter.MimeType)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        Register(new DelegateFormatter(typeof(T), mimeType, (value, context) => formatter((T)value, context)));
    }

    /// <summary>
    /// Shows values of <paramref name="type"/>, which may be open (<c>typeof(List&lt;&gt;)</c>), as <paramref name="formatter"/>
    /// writes them.
    /// </summary>
    /// <param name="type">The type.</param>
    /// <param name="formatter">Writes the value.</param>
    /// <param name="mimeType">What it writes.</param>
    public static void Register(Type type, Action<object, TextWriter> formatter, string mimeType = PlainTextFormatter.MimeType)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        Register(new DelegateFormatter(type, mimeType, (value, context) =>
        {
            formatter(value, context.Writer);
            return true;
        }));
    }

    /// <summary>Shows values of <paramref name="type"/> as <paramref name="formatter"/> writes them, unless it returns false.</summary>
    /// <param name="type">The type, which may be open.</param>
    /// <param name="formatter">Writes the value and returns true, or leaves it to the next formatter.</param>
    /// <param name="mimeType">What it writes.</param>
    public static void Register(Type type, FormatDelegate<object> formatter, string mimeType = PlainTextFormatter.MimeType)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        Register(new DelegateFormatter(type, mimeType, formatter));
    }

    /// <summary>Adds a formatter. Of several that fit, the one for the most special type is taken, then the newest.</summary>
    /// <param name="formatter">The formatter.</param>
    public static void Register(ITypeFormatter formatter)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        RegisteredFormats.Add(formatter);
    }

    /// <summary>Sends values of <paramref name="type"/>, and of types derived from it, as these MIME types.</summary>
    /// <param name="type">The type, which may be open.</param>
    /// <param name="preferredMimeTypes">At least one.</param>
    public static void SetPreferredMimeTypesFor(Type type, params string[] preferredMimeTypes)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(preferredMimeTypes);
        if (preferredMimeTypes.Length == 0 || preferredMimeTypes.Any(string.IsNullOrWhiteSpace))
            throw new ArgumentException("Name at least one MIME type, such as text/html; none may be empty.", nameof(preferredMimeTypes));
        RegisteredFormats.Prefer(type, preferredMimeTypes);
    }

    /// <summary>The MIME types that values of <paramref name="type"/> are sent as.</summary>
    /// <param name="type">The type.</param>
    public static IReadOnlyCollection<string> GetPreferredMimeTypesFor(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return ValueRenderer.PreferredOf(type) ?? (type == typeof(string) ? [PlainTextFormatter.MimeType] : [DefaultMimeType]);
    }

    /// <summary>What writes values of <paramref name="actualType"/> as <paramref name="mimeType"/>.</summary>
    /// <param name="actualType">The type.</param>
    /// <param name="mimeType">The MIME type.</param>
    public static ITypeFormatter GetPreferredFormatterFor(Type actualType, string mimeType) =>
        new DelegateFormatter(actualType, mimeType, (value, context) =>
        {
            context.Writer.Write(ToDisplayString(value, mimeType));
            return true;
        });

    /// <summary>Writes <paramref name="instance"/> with a formatter.</summary>
    /// <param name="formatter">The formatter.</param>
    /// <param name="instance">The value.</param>
    /// <param name="writer">Where to.</param>
    public static void Format(this ITypeFormatter formatter, object instance, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(formatter);
        formatter.Format(instance, new FormatContext(writer));
    }

    /// <summary>The text that <paramref name="value"/> would be shown as.</summary>
    /// <param name="value">The value; null has a text too.</param>
    /// <param name="mimeType">Which view.</param>
    public static string ToDisplayString(this object? value, string mimeType = PlainTextFormatter.MimeType)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(mimeType);
        return ValueRenderer.Render(value, [mimeType])[mimeType];
    }

    /// <summary>Forgets what was registered and set, back to how a session begins.</summary>
    public static void ResetToDefault()
    {
        RegisteredFormats.Clear();
        DefaultMimeType = HtmlFormatter.MimeType;
        ListExpansionLimit = ValueView.DefaultItems;
        RecursionLimit = ValueView.DefaultDepth;
        NullString = ValueView.DefaultNull;
    }

    private sealed class DelegateFormatter : ITypeFormatter
    {
        private readonly FormatDelegate<object> _format;

        public DelegateFormatter(Type type, string mimeType, FormatDelegate<object> format)
        {
            ArgumentNullException.ThrowIfNull(type);
            ArgumentException.ThrowIfNullOrWhiteSpace(mimeType);
            Type = type;
            MimeType = mimeType;
            _format = format;
        }

        public string MimeType { get; }

        public Type Type { get; }

        public bool Format(object instance, FormatContext context) => _format(instance, context);
    }
}
