using Microsoft.DotNet.Interactive.Formatting;
using Unroll.Notebooks.CellApi;
using Unroll.Notebooks.CellApi.Views;
using Unroll.Notebooks.Wire;

namespace Microsoft.DotNet.Interactive;

/// <summary>Something a cell has shown and can replace, from the same cell or a later one.</summary>
public sealed class DisplayedValue
{
    private readonly string[] _requested;
    private MimeBundle _views;

    internal DisplayedValue(object? value, MimeBundle views, string[] requested, string displayId)
    {
        (Value, _views, _requested, DisplayId) = (value, views, requested, displayId);
    }

    /// <summary>What the page knows it by.</summary>
    public string DisplayId { get; }

    /// <summary>What is shown.</summary>
    public object? Value { get; private set; }

    /// <summary>Whether it was replaced.</summary>
    public bool IsUpdated { get; private set; }

    /// <summary>The views that were sent, by their MIME types.</summary>
    public IReadOnlyCollection<string> MimeTypes => [.. _views.Keys];

    /// <summary>The views that were sent.</summary>
    public IReadOnlyList<FormattedValue> FormattedValues => [.. _views.Select(view => new FormattedValue(view.Key, view.Value))];

    /// <summary>Shows <paramref name="updatedValue"/> where the first value stood.</summary>
    public void Update(object? updatedValue)
    {
        var views = ValueRenderer.Render(updatedValue, _requested);
        SessionOutput.Publish(new DisplayUpdated(views, DisplayId));
        (Value, _views, IsUpdated) = (updatedValue, views, true);
    }
}
