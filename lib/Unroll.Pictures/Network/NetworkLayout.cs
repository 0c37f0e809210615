namespace Unroll.Pictures.Network;

/// <summary>Where a card, or a tensor that passes by, stands in a row of the drawing.</summary>
internal sealed class NetworkPlace(NetworkCard? card, NetworkMeasures measures, double width, double height)
{
    /// <summary>The card; null where a tensor passes to a later row.</summary>
    public NetworkCard? Card => card;

    public NetworkMeasures Measures => measures;

    public double X { get; set; }

    public double Y { get; set; }

    public double Width => width;

    public double Height => height;

    public double Middle => X + width / 2;

    /// <summary>The places of the cards within, for a model that is shown with its layers.</summary>
    public NetworkLayout? Inner { get; init; }
}

/// <summary>
/// Rows of cards, each below all that it depends on (Sugiyama, Tagawa and Toda, 1981): tensors that go further than to the
/// next row get places of their own, and each row is ordered by where its inputs stand.
/// </summary>
internal sealed class NetworkLayout
{
    public const double CellHeight = 24;
    public const double StackGap = 14;

    /// <summary>The space over a row of cells: what passes a row beside its cells needs more of it.</summary>
    public const double OneRowRoom = 6;
    public const double TwoRowRoom = 22;
    private const double RowGap = 34;
    private const double ColumnGap = 26;
    private const double PassingWidth = 18;

    private readonly NetworkMeasures _measures;
    private readonly Dictionary<NetworkCard, NetworkPlace> _places = [];
    private readonly Dictionary<NetworkEdge, List<NetworkPlace>> _passing = [];

    private NetworkLayout(NetworkMeasures measures) => _measures = measures;

    public double Width { get; private set; }

    public double Height { get; private set; }

    public IEnumerable<NetworkPlace> Cards => _places.Values;

    public NetworkPlace PlaceOf(NetworkCard card) => _places[card];

    /// <summary>The places a tensor passes on its way.</summary>
    public IReadOnlyList<NetworkPlace> Passed(NetworkEdge edge) => _passing.TryGetValue(edge, out var places) ? places : [];

    public static NetworkLayout Of(NetworkGraph graph)
    {
        var layout = new NetworkLayout(NetworkMeasures.Of(graph));
        layout.Arrange(graph);
        return layout;
    }

    private void Arrange(NetworkGraph graph)
    {
        var ranks = new Dictionary<NetworkCard, int>();
        foreach (var card in graph.Cards)
            ranks[card] = graph.Edges.Where(edge => edge.To == card).Select(edge => ranks[edge.From] + 1).DefaultIfEmpty(0).Max();

        // An input stands right above what reads it; the model's outputs all stand in the last row.
        var last = ranks.Values.Max();
        foreach (var card in graph.Cards)
        {
            if (graph.Edges.All(edge => edge.To != card))
                ranks[card] = graph.Edges.Where(edge => edge.From == card).Select(edge => ranks[edge.To] - 1).DefaultIfEmpty(0).Min();
            else if (card.Node is null)
                ranks[card] = last;
        }

        var rows = Enumerable.Range(0, last + 1).Select(_ => new List<NetworkPlace>()).ToArray();
        foreach (var card in graph.Cards)
            rows[ranks[card]].Add(_places[card] = NewPlace(card));
        foreach (var edge in graph.Edges)
        {
            for (var row = ranks[edge.From] + 1; row < ranks[edge.To]; row++)
            {
                var place = new NetworkPlace(card: null, _measures, PassingWidth, 0);
                rows[row].Add(place);
                if (!_passing.TryGetValue(edge, out var places))
                    _passing[edge] = places = [];
                places.Add(place);
            }
        }

        var y = 8.0;
        foreach (var row in rows)
        {
            PlaceRow(row, graph);
            foreach (var place in row)
                place.Y = y;
            y += row.Max(place => place.Height) + RowGap;
        }

        var left = rows.SelectMany(row => row).Min(place => place.X);
        foreach (var place in rows.SelectMany(row => row))
            place.X -= left;
        Width = rows.SelectMany(row => row).Max(place => place.X + place.Width);
        Height = y - RowGap + 8;
    }

    /// <summary>The height of the cells of one step.</summary>
    public static double HeightOf(CellRow row) => row.Cells.Count * CellHeight + (row.Cells.Count - 1) * StackGap;

    /// <summary>Puts each place of a row under the mean of what it reads, and moves to the right what would stand on another.</summary>
    private void PlaceRow(List<NetworkPlace> row, NetworkGraph graph)
    {
        var wished = row.ToDictionary(place => place, place => Sources(place, graph).DefaultIfEmpty(0).Average());
        var ordered = row.OrderBy(place => wished[place]).ToArray();
        row.Clear();
        row.AddRange(ordered);
        var free = double.NegativeInfinity;
        foreach (var place in row)
        {
            place.X = Math.Max(wished[place] - place.Width / 2, free);
            free = place.X + place.Width + ColumnGap;
        }

        // Equal cards that read the same, or nothing, stand evenly about it.
        if (row.Exists(place => place.Card is null || wished[place] != wished[row[0]]))
            return;
        var middle = (row[0].X + row[^1].X + row[^1].Width) / 2 - wished[row[0]];
        foreach (var place in row)
            place.X -= middle;
    }

    private IEnumerable<double> Sources(NetworkPlace place, NetworkGraph graph)
    {
        foreach (var edge in graph.Edges)
        {
            var way = Passed(edge);
            if (place.Card == edge.To)
                yield return (way.Count > 0 ? way[^1] : _places[edge.From]).Middle;
            for (var i = 0; i < way.Count; i++)
                if (way[i] == place)
                    yield return (i > 0 ? way[i - 1] : _places[edge.From]).Middle;
        }
    }

    private NetworkPlace NewPlace(NetworkCard card)
    {
        var words = 14 * (card.Lines.Count + 1) + 4.0;
        if (card.Inner is { } inner)
        {
            var within = Of(inner);
            return new NetworkPlace(card, _measures, within.Width + 24, within.Height + words + 20) { Inner = within };
        }

        var room = card.Rows.Count > 1 ? TwoRowRoom : OneRowRoom;
        var drawing = card.Rows.Count > 0
            ? card.Rows.Sum(row => HeightOf(row) + room) + room + (card.Merge is null ? 0 : CellHeight + OneRowRoom)
            : CellHeight + 2 * OneRowRoom;
        return new NetworkPlace(card, _measures, _measures.LabelWidth + _measures.DrawingWidth, Math.Max(words, drawing));
    }
}
