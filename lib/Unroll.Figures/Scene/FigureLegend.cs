using Unroll.Figures.Svg;

namespace Unroll.Figures.Scene;

/// <summary>The names of the traces and how each is drawn, at the right of the figure.</summary>
internal sealed class FigureLegend
{
    private const double Line = 18;
    private const double Swatch = 26;
    private const double WidestName = 170;
    private readonly List<(string Name, Action<SvgWriter, double, double> Draw)> _items = [];

    public bool IsEmpty => _items.Count == 0;

    public double Width => _items.Count == 0 ? 0 : Swatch + 6 + _items.Max(item => TextMetrics.Width(item.Name, 11));

    public void AddLine(string name, ScatterMarks marks, string symbol) => Add(name, (svg, x, y) =>
    {
        var dash = marks.Dash.Length > 0 ? $" stroke-dasharray=\"{marks.Dash}\"" : "";
        if (marks.HasLines || !marks.HasMarkers)
            svg.Add($"<path d=\"M{x} {y}h{Swatch - 4}\" stroke=\"{marks.Color}\" stroke-width=\"2\"{dash} fill=\"none\"/>");
        if (marks.HasMarkers)
            MarkerShape.Draw(svg, symbol, x + Swatch / 2 - 2, y, 6, marks.Color, "", tip: null);
    });

    public void AddBox(string name, string color) => Add(name, (svg, x, y) =>
        svg.Add($"<rect x=\"{x + 6}\" y=\"{y - 5}\" width=\"10\" height=\"10\" fill=\"{color}\"/>"));

    public void Draw(SvgWriter svg, double x, double y, double height)
    {
        var room = Math.Max(1, (int)(height / Line));
        var shown = _items.Count <= room ? _items.Count : room - 1;
        for (var i = 0; i < shown; i++)
        {
            _items[i].Draw(svg, x, y + 8 + i * Line);
            svg.Text(x + Swatch, y + 12 + i * Line, _items[i].Name, more: " class=\"ink\"");
        }

        if (shown < _items.Count)
            svg.Text(x + Swatch, y + 12 + shown * Line, $"+ {_items.Count - shown} more", more: " class=\"ink\"");
    }

    private void Add(string name, Action<SvgWriter, double, double> draw) =>
        _items.Add((TextMetrics.Cut(name.Replace('\n', ' '), WidestName, 11), draw));
}
