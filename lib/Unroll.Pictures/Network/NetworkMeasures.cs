using Unroll.Figures.Svg;

namespace Unroll.Pictures.Network;

/// <summary>Widths that all cards of a drawing share, so that their steps stand below each other; in pixels.</summary>
/// <param name="LabelWidth">The words beside the drawing: as wide as the longest line of them.</param>
/// <param name="CellWidth">A box of one step: as wide as the longest word on one.</param>
/// <param name="Steps">How many steps the longest sequence has.</param>
internal sealed record NetworkMeasures(double LabelWidth, double CellWidth, int Steps)
{
    /// <summary>What is beside the first and the last step: states come in and go out there.</summary>
    public const double SideRoom = 46;

    private const double Gap = 12;
    private const double LeastCell = 40;
    private const double MostCell = 96;
    private const double LeastLabel = 96;
    private const double MostLabel = 260;

    /// <summary>From one step to the next.</summary>
    public double Step => CellWidth + Gap;

    /// <summary>The steps without the room beside them.</summary>
    public double StepsWidth => Steps * Step;

    /// <summary>The steps and the room beside them.</summary>
    public double DrawingWidth => StepsWidth + 2 * SideRoom;

    public static NetworkMeasures Of(NetworkGraph graph)
    {
        var steps = graph.Cards.SelectMany(card => new[] { card.In, card.Out }).Max(slots => slots?.Count ?? 0);
        var words = graph.Cards.Where(card => card.Inner is null).Max(LongestLine);
        var cell = graph.Cards.SelectMany(Boxes).Select(word => TextMetrics.Width(word, 11) + 6).DefaultIfEmpty(0).Max();
        return new NetworkMeasures(Math.Clamp(words + 12, LeastLabel, MostLabel), Math.Clamp(cell, LeastCell, MostCell), Math.Max(3, steps));
    }

    private static double LongestLine(NetworkCard card) =>
        card.Lines.Select(line => TextMetrics.Width(line, 11)).Append(TextMetrics.Width(card.Name, 12, bold: true)).Max();

    /// <summary>What stands on the boxes of single steps.</summary>
    private static IEnumerable<string> Boxes(NetworkCard card) => card.Rows.Count > 0
        ? card.Rows.SelectMany(row => row.Cells)
        : card.WorksEachStep && card.Inner is null ? [card.Word] : [];
}
