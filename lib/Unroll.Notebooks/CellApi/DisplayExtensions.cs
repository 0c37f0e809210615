using Microsoft.DotNet.Interactive;
using Unroll.Notebooks.CellApi;
using Unroll.Notebooks.CellApi.Views;
using Unroll.Notebooks.Wire;

namespace System;

/// <summary>The helpers that follow a value: <c>x.Display()</c>. In System, where every cell finds them.</summary>
public static class DisplayExtensions
{
    /// <summary>Shows the value now, in the running cell's output.</summary>
    /// <param name="value">What to show; null shows too.</param>
    /// <param name="mimeTypes">The views to send, such as <c>text/html</c>; none means the value's own choice.</param>
    /// <returns>A handle that can replace what was shown.</returns>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) =>
        Kernel.display(value, mimeTypes);

    /// <summary>Shows text that already is of the MIME type <paramref name="mimeType"/>, as it stands.</summary>
    /// <param name="value">The text.</param>
    /// <param name="mimeType">What the text is, such as <c>image/svg+xml</c>.</param>
    /// <param name="additionalMimeTypes">Further types to send the same text as.</param>
    /// <returns>A handle that can replace what was shown.</returns>
    public static DisplayedValue DisplayAs(this string value, string mimeType, params string[] additionalMimeTypes)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentException.ThrowIfNullOrWhiteSpace(mimeType);
        ArgumentNullException.ThrowIfNull(additionalMimeTypes);
        string[] mimeTypes = [mimeType, .. additionalMimeTypes];
        var data = new MimeBundle();
        foreach (var type in mimeTypes)
            data[type] = value;
        var id = Guid.NewGuid().ToString("n");
        SessionOutput.Publish(new Displayed(data, id));
        return new DisplayedValue(value, data, mimeTypes, id);
    }

    /// <summary>Shows a sequence as a table, a row an item and a column a property.</summary>
    /// <typeparam name="T">The type of an item.</typeparam>
    /// <param name="source">The items.</param>
    /// <param name="mimeTypes">The views to send, such as <c>text/html</c> or <c>text/csv</c>; none means HTML and text.</param>
    /// <returns>A handle that can replace what was shown.</returns>
    public static DisplayedValue DisplayTable<T>(this Collections.Generic.IEnumerable<T> source, params string[] mimeTypes)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Kernel.display(new TableView(source), mimeTypes);
    }
}
