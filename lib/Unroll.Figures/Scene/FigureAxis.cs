using System.Globalization;
using System.Text.Json.Nodes;
using Unroll.Figures.Plotly;

namespace Unroll.Figures.Scene;

/// <summary>An axis of a figure: what it counts, from where to where, and where its marks are.</summary>
internal sealed class FigureAxis(string id, Axis options)
{
    private readonly OrderedDictionary<string, int> _categories = new(StringComparer.Ordinal);
    private double _low = double.PositiveInfinity;
    private double _high = double.NegativeInfinity;
    private bool _padsLow;
    private bool _padsHigh;

    public string Id => id;

    public Axis Options => options;

    public bool IsX => id[0] == 'x';

    /// <summary><c>linear</c>, <c>log</c>, <c>date</c> or <c>category</c>; none before the data were seen.</summary>
    public string? Kind { get; private set; } = options.type is "-" or null ? null : options.type;

    /// <summary>Where the axis begins and ends, in its own units: logarithms, days, numbers of categories.</summary>
    public double From { get; private set; }

    public double To { get; private set; }

    public string Title => FigureWords.Plain(options.Title ?? "");

    public bool IsVisible => options.visible ?? true;

    /// <summary>Looks at data, to find out what the axis counts and which categories there are.</summary>
    public void See(JsonArray? data)
    {
        if (data is null)
            return;
        if (Kind is null && data.Any(item => item is not null))
        {
            var isText = data.All(item => item is null || PlotlyJson.Number(item) is null);
            Kind = !isText ? "linear" : data.All(item => item is null || Day(item) is not null) ? "date" : "category";
        }

        if (Kind != "category")
            return;
        foreach (var word in data.OfType<JsonNode>().Select(PlotlyJson.Word))
            _categories.TryAdd(word, _categories.Count);
    }

    /// <summary>Where a value stands, in the axis' units; null where it has no place.</summary>
    public double? Place(JsonNode? value) => Kind switch
    {
        _ when value is null => null,
        "category" => _categories.TryGetValue(PlotlyJson.Word(value), out var index) ? index : PlotlyJson.Number(value),
        "date" => Day(value),
        "log" => PlotlyJson.Number(value) is > 0 and var number ? Math.Log10(number) : null,
        _ => PlotlyJson.Number(value),
    };

    /// <summary>Where a number stands, in the axis' units.</summary>
    public double PlaceOf(double number) => Kind == "log" ? Math.Log10(Math.Max(number, 1e-300)) : number;

    /// <summary>Makes the axis reach a place; <paramref name="pads"/> leaves some space after it.</summary>
    public void Reach(double place, bool pads)
    {
        if (!double.IsFinite(place))
            return;
        if (place < _low)
            (_low, _padsLow) = (place, pads);
        else if (place == _low)
            _padsLow |= pads;
        if (place > _high)
            (_high, _padsHigh) = (place, pads);
        else if (place == _high)
            _padsHigh |= pads;
    }

    /// <summary>Decides where the axis begins and ends.</summary>
    public void Settle()
    {
        Kind ??= "linear";
        if (Kind == "category")
        {
            Reach(-0.5, pads: false);
            Reach(_categories.Count - 0.5, pads: false);
        }

        if (_low > _high)
            (_low, _high) = Kind == "date" ? (730_000, 730_365) : (0, 1);
        var (low, high) = (_low, _high);
        if (low == high)
        {
            var half = Kind == "date" ? 1 : Kind == "log" ? 0.5 : low == 0 ? 1 : Math.Abs(low) * 0.5;
            (low, high) = (low - half, high + half);
        }

        var pad = (high - low) * 0.05;
        if (_padsLow && _low != _high)
            low -= pad;
        if (_padsHigh && _low != _high)
            high += pad;
        if (options.autorange == "reversed")
            (low, high) = (high, low);
        if (options["range"] is JsonArray { Count: 2 } range)
        {
            low = (Kind == "date" ? Day(range[0]) : PlotlyJson.Number(range[0])) ?? low;
            high = (Kind == "date" ? Day(range[1]) : PlotlyJson.Number(range[1])) ?? high;
        }

        (From, To) = (low, high);
        if (From == To)
            To = From + 1;
    }

    /// <summary>The share of the axis, from 0 to 1, at which a place is.</summary>
    public double Share(double place) => (place - From) / (To - From);

    /// <summary>The marks within the range; about <paramref name="count"/> where the data leave a choice.</summary>
    public List<(double At, string Text)> Ticks(double count)
    {
        var (low, high) = (Math.Min(From, To), Math.Max(From, To));
        if (options["tickvals"] is JsonArray values)
        {
            var texts = options["ticktext"] as JsonArray;
            return Shown(values.Select((value, i) =>
                (Place(value) ?? double.NaN, FigureWords.Plain(PlotlyJson.Word(texts is not null && i < texts.Count ? texts[i] : value)))));
        }

        return Kind switch
        {
            "category" => Shown(_categories.Keys.Select((word, i) => ((double)i, FigureWords.Plain(word)))),
            "date" => FigureTicks.Dates(low, high, count),
            "log" => FigureTicks.Logarithmic(low, high, count),
            _ => FigureTicks.Linear(low, high, options.dtick is > 0 and var step && (high - low) / step < 500 ? step : FigureTicks.NiceStep(high - low, count)),
        };

        List<(double At, string Text)> Shown(IEnumerable<(double At, string Text)> ticks) => [.. ticks.Where(tick => tick.At >= low && tick.At <= high)];
    }

    /// <summary>A place as a reader wants it.</summary>
    public string Word(double place) => Kind switch
    {
        "category" when Math.Round(place) is var at && at >= 0 && at < _categories.Count => FigureWords.Plain(_categories.GetAt((int)at).Key),
        "date" => DateTime.MinValue.AddDays(Math.Clamp(place, 0, 3_652_058)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        "log" => FigureTicks.Short(Math.Pow(10, place)),
        _ => FigureTicks.Short(place),
    };

    private static double? Day(JsonNode? value) =>
        value is JsonValue && PlotlyJson.Word(value) is { Length: >= 7 } text && char.IsAsciiDigit(text[0]) && text[4] == '-'
        && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out var time)
            ? (time - DateTime.MinValue).TotalDays : null;
}
