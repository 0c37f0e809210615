using Unroll.Notebooks.CellApi;
using Unroll.Notebooks.CellApi.Views;
using Unroll.Notebooks.Wire;

namespace Microsoft.DotNet.Interactive;

/// <summary>Something a cell has shown and can replace, from the same cell or a later one.</summary>
public sealed class DisplayedValue
{
    private readonly string _displayId;
    private readonly string[] _requested;

    internal DisplayedValue(string displayId, string[] mimeTypes, string[] requested)
    {
        _displayId = displayId;
        MimeTypes = mimeTypes;
        _requested = requested;
    }

    /// <summary>The views that were sent.</summary>
    public IReadOnlyCollection<string> MimeTypes { get; }

    /// <summary>Shows <paramref name="updatedValue"/> where the first value stood.</summary>
    public void Update(object? updatedValue) =>
        SessionOutput.Publish(new DisplayUpdated(ValueRenderer.Render(updatedValue, _requested), _displayId));
}
