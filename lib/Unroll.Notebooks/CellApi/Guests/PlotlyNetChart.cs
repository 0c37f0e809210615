using System.Collections;
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
        var quick = Call(type, "getTraces", value) is IEnumerable traces && Call(type, "getLayout", value) is { } layout
            ? DynamicObjJson.Write(traces, layout)
            : null;
        return (quick ?? Call(type, "toFigureJson", value) as string) is { } json ? ChartViews.Of(json) : null;
    }

    /// <summary>What the data of the chart throw, which may be a sequence that is read only now, is the cell's to see.</summary>
    private static object? Call(Type type, string method, object chart) => type
        .GetMethod(method, BindingFlags.Public | BindingFlags.Static, [type])
        ?.Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, [chart], CultureInfo.InvariantCulture);
}
