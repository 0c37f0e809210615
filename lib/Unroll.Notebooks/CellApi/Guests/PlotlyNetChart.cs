using System.Globalization;
using System.Reflection;
using Unroll.Notebooks.Wire;

namespace Unroll.Notebooks.CellApi.Guests;

/// <summary>Charts of Plotly.NET.</summary>
internal sealed class PlotlyNetChart() : Guest(Name, ChartViews.Plotly, MimeBundle.Html, MimeBundle.Plain)
{
    private const string Name = "Plotly.NET.GenericChart";

    /// <inheritdoc/>
    public override Func<string, string?>? Look(object value)
    {
        var type = value.GetType();
        while (type.FullName != Name)
            type = type.BaseType!;
        var json = type.GetMethod("toFigureJson", BindingFlags.Public | BindingFlags.Static, [type]);

        // What the data of the chart throw, which may be a sequence that is read only now, is the cell's to see.
        return json?.Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, [value], CultureInfo.InvariantCulture) is string text
            ? ChartViews.Of(text)
            : null;
    }
}
