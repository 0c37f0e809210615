#pragma warning disable MA0048 // Several types in one file: each is one of a package, as far as the host looks at it.
#pragma warning disable CA1822, CA1024 // Members of the packages are called as they are there.
#pragma warning disable IDE1006

/// <summary>Types with the names and members of those that packages have: the host knows no more of them.</summary>
namespace Plotly.NET
{
    internal abstract class GenericChart(string json)
    {
        private readonly string _json = json;

        public static string toFigureJson(GenericChart chart) => chart._json;
    }

    internal sealed class DerivedChart(string json) : GenericChart(json);
}

namespace XPlot.Plotly
{
    internal sealed class PlotlyChart(string data, string layout)
    {
        public int Width { get; init; } = 900;

        public int Height { get; init; } = 500;

        public string GetInlineHtml() => $"<div id=\"{Guid.NewGuid()}\"></div><script>\n"
            + $" var data = {data};\n var layout = {layout};\n Plotly.newPlot('x', data, layout);</script>";
    }
}

namespace Microsoft.Data.Analysis
{
    internal abstract class DataFrameColumn(string name, long length)
    {
        public string Name => name;

        public long Length => length;

        public object? this[long row] => Value(row);

        protected abstract object? Value(long row);
    }

    internal sealed class MadeColumn(string name, long length, Func<long, object?> value) : DataFrameColumn(name, length)
    {
        protected override object? Value(long row) => value(row);
    }

    internal sealed class DataFrame(params DataFrameColumn[] columns)
    {
        public IReadOnlyList<DataFrameColumn> Columns => columns;

        public override string ToString() => "not asked for";
    }
}

namespace SkiaSharp
{
    internal sealed class SKBitmap
    {
        public nint Handle { get; init; }

        public int Width => 2;

        public int Height => 3;
    }
}
