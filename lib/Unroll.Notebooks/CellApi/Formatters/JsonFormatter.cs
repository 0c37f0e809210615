using System.Text.Json;
using System.Text.Json.Serialization;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>The view that a program reads.</summary>
public static class JsonFormatter
{
    /// <summary><c>application/json</c>.</summary>
    public const string MimeType = "application/json";

    /// <summary>How values become JSON; set what you need before the first value is written.</summary>
    public static JsonSerializerOptions SerializerOptions { get; } = new()
    {
        ReferenceHandler = ReferenceHandler.IgnoreCycles,
        NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>What writes values of <paramref name="type"/> as JSON.</summary>
    public static ITypeFormatter GetPreferredFormatterFor(Type type) => Formatter.GetPreferredFormatterFor(type, MimeType);

    /// <summary>What writes values of <typeparamref name="T"/> as JSON.</summary>
    /// <typeparam name="T">The type.</typeparam>
    public static ITypeFormatter GetPreferredFormatterFor<T>() => GetPreferredFormatterFor(typeof(T));
}

/// <summary>Writes values of <typeparamref name="T"/> as JSON.</summary>
/// <typeparam name="T">The type.</typeparam>
public class JsonFormatter<T> : FunctionFormatter<T>
{
    /// <summary>Creates a formatter that writes what System.Text.Json makes of the value.</summary>
    public JsonFormatter()
        : base((value, context) => context.Writer.Write(JsonSerializer.Serialize(value, JsonFormatter.SerializerOptions)))
    {
    }

    /// <summary>Creates a formatter that writes, or returns false to leave a value to another one.</summary>
    public JsonFormatter(FormatDelegate<T> format)
        : base(format)
    {
    }

    /// <summary>Creates a formatter that writes.</summary>
    public JsonFormatter(Action<T, FormatContext> format)
        : base(format)
    {
    }

    /// <inheritdoc/>
    public override string MimeType => JsonFormatter.MimeType;
}
