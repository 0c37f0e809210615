using System.Text.Json;
using Microsoft.DotNet.Interactive;
using Microsoft.DotNet.Interactive.Formatting;
using Unroll.Notebooks.CellApi.Views;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.Session.Values;

/// <summary>A value on its way from one language to another: an object, or a text of some kind.</summary>
internal abstract record SharedValue
{
    /// <summary>The object itself where there is one; else what the text says.</summary>
    public abstract object? Reference { get; }

    /// <summary>The text as the MIME type that is asked for, or as the one it has.</summary>
    public abstract (string MimeType, string Text) As(string mimeType);

    /// <summary>
    /// What the other language gets: the object itself, or a copy that went through a text, as values went between the
    /// kernels of .NET Interactive. JSON becomes a bool, a double, a string or, for all else, a JsonDocument.
    /// </summary>
    /// <param name="byReference">Whether the object itself is wanted.</param>
    /// <param name="mimeType">As what to copy it; JSON where null.</param>
    public object? Take(bool byReference, string? mimeType)
    {
        // A secret stays one: no text shows it.
        if (byReference || Reference is PasswordString)
            return Reference;
        var (type, text) = As(mimeType ?? MimeBundle.Json);
        return type == MimeBundle.Json ? OfJson(text) : text;
    }

    /// <summary>The object that JSON stands for.</summary>
    protected static object? OfJson(string text)
    {
        var document = JsonDocument.Parse(text);
        return document.RootElement.ValueKind switch
        {
            JsonValueKind.True => true,
            JsonValueKind.False => false,
            JsonValueKind.Null => null,
            JsonValueKind.String => document.RootElement.GetString(),
            JsonValueKind.Number => document.RootElement.GetDouble(),
            _ => document,
        };
    }
}

/// <summary>The value of a variable.</summary>
internal sealed record SharedObject(object? Value) : SharedValue
{
    public override object? Reference => Value;

    public override (string MimeType, string Text) As(string mimeType) => Value is string text && mimeType == MimeBundle.Json
        ? (mimeType, JsonSerializer.Serialize(text, JsonFormatter.SerializerOptions))
        : (mimeType, ValueRenderer.Render(Value, [mimeType])[mimeType]);
}

/// <summary>A text that <c>#!value</c> keeps, which stays of its kind.</summary>
internal sealed record SharedText(string MimeType, string Text) : SharedValue
{
    public override object? Reference => MimeType == MimeBundle.Json ? OfJson(Text) : Text;

    public override (string MimeType, string Text) As(string mimeType) => (MimeType, Text);
}
