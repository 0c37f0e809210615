using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Unroll.Figures.Plotly;
using Unroll.Figures.Svg;

namespace Unroll.Figures.Scene;

/// <summary>A rectangle, in pixels from the upper left.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Box(double X, double Y, double Width, double Height)
{
    public double Right => X + Width;

    public double Bottom => Y + Height;

    public bool Meets(Box other) => X < other.Right && other.X < Right && Y < other.Bottom && other.Y < Bottom;
}

/// <summary>A subplot: two axes and the traces on them.</summary>
internal sealed class FigurePanel(FigureAxis x, FigureAxis y)
{
    /// <summary>What a heat map's colours need beside the plot.</summary>
    public const double ColorBarGap = 10;
    public const double ColorBarWidth = 12;

    private readonly List<Box> _texts = [];

    public FigureAxis X => x;

    public FigureAxis Y => y;

    public List<IMarks> Marks { get; } = [];

    /// <summary>The part of the figure the subplot may take, in shares from the upper left.</summary>
    public Box Cell { get; set; } = new(0, 0, 1, 1);

    /// <summary>Whether the axes' marks are named here, not at a neighbour that shares them.</summary>
    public bool NamesX { get; set; } = true;

    public bool NamesY { get; set; } = true;

    public string Title { get; set; } = "";

    /// <summary>Where the y axis' title stands: in one line for all subplots of a column.</summary>
    public double TitleX { get; set; }

    /// <summary>Where the next column begins, in pixels.</summary>
    public double CellRight { get; set; }

    /// <summary>Where the data are drawn, in pixels.</summary>
    public Box Plot { get; set; }

    /// <summary>The heat map whose colours are explained beside the plot.</summary>
    public HeatmapMarks? Explained => Marks.OfType<HeatmapMarks>().FirstOrDefault(marks => marks.ShowsScale);

    /// <summary>The place of a point within the plot, in pixels from its upper left.</summary>
    public double PixelX(double place) => x.Share(place) * Plot.Width;

    public double PixelY(double place) => (1 - y.Share(place)) * Plot.Height;

    /// <summary>Keeps a place for a text within the plot; false where another text is there or it would leave the plot.</summary>
    public bool Claim(Box text)
    {
        if (text.X < 0 || text.Y < 0 || text.Right > Plot.Width || text.Bottom > Plot.Height || _texts.Exists(text.Meets))
            return false;
        _texts.Add(text);
        return true;
    }
}

/// <summary>What is drawn for one trace or several that belong together.</summary>
internal interface IMarks
{
    /// <summary>Makes the axes reach as far as the data.</summary>
    void Reach(FigurePanel panel);

    /// <summary>Draws, in pixels from the plot's upper left.</summary>
    void Draw(FigurePanel panel, SvgWriter svg);
}

/// <summary>Reads attributes of series.</summary>
internal static class SeriesData
{
    public static string Word(JsonNode? node, string otherwise) => node is JsonValue ? PlotlyJson.Word(node) : otherwise;

    public static double Number(JsonNode? node, double otherwise) => PlotlyJson.Number(node) ?? otherwise;

    /// <summary>The i-th item of a list, or the value that stands for all.</summary>
    public static JsonNode? Item(JsonNode? node, int i) => node is JsonArray array ? i < array.Count ? array[i] : null : node;

    /// <summary>The outline of a marker or bar, as attributes.</summary>
    public static string Stroke(JsonObject outline) =>
        $" stroke=\"{Color(outline["color"], "currentColor")}\" stroke-width=\"{SvgWriter.Number(Number(outline["width"], 1))}\"";

    /// <summary>A colour that stands in an attribute without danger.</summary>
    public static string Color(JsonNode? node, string otherwise) =>
        node is JsonValue && PlotlyJson.Word(node) is { Length: > 0 } color ? SvgWriter.Encode(color) : otherwise;
}
