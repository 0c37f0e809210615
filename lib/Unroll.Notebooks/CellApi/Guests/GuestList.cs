using System.Collections.Concurrent;

namespace Unroll.Notebooks.CellApi.Guests;

/// <summary>The types of packages that are known by name.</summary>
internal static class GuestList
{
    private static readonly Guest[] All =
    [
        new PlotlyNetChart(),
        new XPlotChart(),
        new DataFrameTable(),
        new SkiaPicture("SkiaSharp.SKBitmap"),
        new SkiaPicture("SkiaSharp.SKImage"),
        new SkiaPicture("SkiaSharp.SKSurface"),
        new TorchTensor(),
    ];

    private static readonly ConcurrentDictionary<Type, Guest?> Known = new();

    /// <summary>What shows values of <paramref name="type"/>; null for all types but a few.</summary>
    public static Guest? Of(Type type) => Known.GetOrAdd(type, Find);

    /// <summary>Makes the first chart faster where one of <paramref name="packages"/> draws charts: beside the cell that brings it.</summary>
    public static void WarmUp(IEnumerable<string> packages)
    {
        if (packages.Any(name => name is "Plotly.NET" or "XPlot.Plotly"))
            _ = Task.Run(ChartViews.WarmUp);
    }

    private static Guest? Find(Type type)
    {
        for (var each = type; each is not null; each = each.BaseType)
        {
            if (Array.Find(All, guest => guest.TypeName == each.FullName) is { } found)
                return found;
        }

        return null;
    }
}
