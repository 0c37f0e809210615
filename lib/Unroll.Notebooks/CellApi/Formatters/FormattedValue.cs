using Unroll.Notebooks.CellApi.Views;

namespace Microsoft.DotNet.Interactive.Formatting;

/// <summary>A value as a text of one MIME type.</summary>
public sealed class FormattedValue
{
    /// <summary>Creates it.</summary>
    /// <param name="mimeType">What the text is.</param>
    /// <param name="value">The text.</param>
    public FormattedValue(string mimeType, string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(mimeType);
        ArgumentNullException.ThrowIfNull(value);
        (MimeType, Value) = (mimeType, value);
    }

    /// <summary>What the text is.</summary>
    public string MimeType { get; }

    /// <summary>The text.</summary>
    public string Value { get; }

    /// <summary>One view of <paramref name="value"/>: as <paramref name="mimeType"/>, or the first that it prefers.</summary>
    public static FormattedValue CreateSingleFromObject(object? value, string? mimeType = null)
    {
        if (mimeType is not null)
            return new FormattedValue(mimeType, value.ToDisplayString(mimeType));
        return CreateManyFromObject(value)[0];
    }

    /// <summary>The views of <paramref name="value"/>: those that are named, or those that it prefers.</summary>
    public static IReadOnlyList<FormattedValue> CreateManyFromObject(object? value, params string[] mimeTypes)
    {
        ArgumentNullException.ThrowIfNull(mimeTypes);
        return [.. ValueRenderer.Render(value, mimeTypes).Select(view => new FormattedValue(view.Key, view.Value))];
    }

    /// <summary>The type and the text.</summary>
    public override string ToString() => $"{MimeType}: {Value}";
}
