namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>Writes values of <typeparamref name="T"/> as one MIME type.</summary>
/// <typeparam name="T">The type; types derived from it are meant too.</typeparam>
public interface ITypeFormatter<in T> : ITypeFormatter
{
    /// <summary>Writes <paramref name="instance"/>.</summary>
    /// <param name="instance">The value.</param>
    /// <param name="context">Holds the writer.</param>
    /// <returns>False where it leaves the value to another formatter.</returns>
    bool Format(T instance, FormatContext context);
}

/// <summary>What a formatter of one type is derived from.</summary>
/// <typeparam name="T">The type.</typeparam>
public abstract class TypeFormatter<T> : ITypeFormatter<T>
{
    /// <summary>Creates a formatter.</summary>
    /// <param name="type">What it writes values of; <typeparamref name="T"/> where null.</param>
    protected TypeFormatter(Type? type = null) => Type = type ?? typeof(T);

    /// <inheritdoc/>
    public Type Type { get; }

    /// <inheritdoc/>
    public abstract string MimeType { get; }

    /// <inheritdoc/>
    public abstract bool Format(T value, FormatContext context);

    bool ITypeFormatter.Format(object instance, FormatContext context) => Format((T)instance, context);
}

/// <summary>Writes values of <typeparamref name="T"/> as a function says; null is written as null is.</summary>
/// <typeparam name="T">The type.</typeparam>
public abstract class FunctionFormatter<T> : TypeFormatter<T>
{
    private readonly FormatDelegate<T> _format;

    private protected FunctionFormatter(FormatDelegate<T> format)
    {
        ArgumentNullException.ThrowIfNull(format);
        _format = format;
    }

    private protected FunctionFormatter(Action<T, FormatContext> format)
    {
        ArgumentNullException.ThrowIfNull(format);
        _format = (value, context) =>
        {
            format(value, context);
            return true;
        };
    }

    private protected FunctionFormatter(Func<T, string> format)
    {
        ArgumentNullException.ThrowIfNull(format);
        _format = (value, context) =>
        {
            context.Writer.Write(format(value));
            return true;
        };
    }

    /// <inheritdoc/>
    public sealed override bool Format(T value, FormatContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (value is not null)
            return _format(value, context);
        context.Writer.Write(((object?)null).ToDisplayString(MimeType));
        return true;
    }
}
