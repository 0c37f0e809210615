namespace Microsoft.DotNet.Interactive.Formatting.Csv;

/// <summary>The view that a spreadsheet reads.</summary>
public static class CsvFormatter
{
    /// <summary><c>text/csv</c>.</summary>
    public const string MimeType = "text/csv";

    /// <summary>What writes values of <paramref name="type"/> as comma-separated values.</summary>
    public static ITypeFormatter GetPreferredFormatterFor(Type type) => Formatter.GetPreferredFormatterFor(type, MimeType);
}

/// <summary>Writes values of <typeparamref name="T"/> as comma-separated values.</summary>
/// <typeparam name="T">The type.</typeparam>
public class CsvFormatter<T> : FunctionFormatter<T>
{
    /// <summary>Creates a formatter that writes, or returns false to leave a value to another one.</summary>
    public CsvFormatter(FormatDelegate<T> format)
        : base(format)
    {
    }

    /// <summary>Creates a formatter that writes.</summary>
    public CsvFormatter(Action<T, FormatContext> format)
        : base(format)
    {
    }

    /// <inheritdoc/>
    public override string MimeType => CsvFormatter.MimeType;
}
