using System.Text.Json.Nodes;
using Unroll.Figures.Plotly;

namespace Unroll.Figures.Scene;

/// <summary>The bins of a histogram, chosen as plotly.js chooses them, so that both pictures show the same bars.</summary>
internal sealed class HistogramBins
{
    private HistogramBins(double start, double size, int count)
    {
        Start = start;
        Size = size;
        Count = count;
    }

    /// <summary>Where the first bin begins.</summary>
    public double Start { get; }

    /// <summary>How wide a bin is.</summary>
    public double Size { get; }

    public int Count { get; }

    /// <summary>The bins for data, which are not empty.</summary>
    /// <param name="data">The numbers.</param>
    /// <param name="atMost">The largest number of bins, or null.</param>
    /// <param name="given">What the figure says of its bins.</param>
    public static HistogramBins Of(IReadOnlyList<double> data, int? atMost, Bins? given)
    {
        var (low, high) = (data.Min(), data.Max());
        var size = given?.Size is > 0 ? given.Size.Value : ChooseSize(data, low, high, atMost);
        var start = given?.Start ?? ChooseStart(data, low, high, size);
        var end = given?.End ?? high;
        var count = (int)Math.Clamp(Math.Floor((end - start) / size + 1e-9) + 1, 1, 5000);

        // An end that is given is the end of a bin, not a number in one.
        if (given?.End is not null && Math.Abs(start + (count - 1) * size - end) < size * 1e-6)
            count = Math.Max(1, count - 1);
        return new HistogramBins(start, size, count);
    }

    /// <summary>The bin of a number; -1 where it is in none.</summary>
    public int IndexOf(double value)
    {
        // Numbers on an edge belong to the bin above it, whatever the last digit says.
        var index = (int)Math.Floor((value - Start) / Size + 1e-9);
        return index >= 0 && index < Count ? index : -1;
    }

    /// <summary>
    /// A round size near Scott's: 2 standard deviations by the 0.4th power of the count, and not so small that bins stay
    /// empty because the data are rounded.
    /// </summary>
    private static double ChooseSize(IReadOnlyList<double> data, double low, double high, int? atMost)
    {
        if (atMost is > 0 && high > low)
            return RoundUp((high - low) / atMost.Value);
        var distinct = data.Distinct().Order().ToArray();
        var gap = distinct.Length < 2 ? 1 : distinct.Zip(distinct.Skip(1), (a, b) => b - a).Where(step => step > (high - low) * 1e-9).DefaultIfEmpty(1).Min();
        var power = Math.Pow(10, Math.Floor(Math.Log10(gap)));
        var smallest = power * (gap / power) switch { > 4.9 => 4.9, > 1.9 => 1.9, > 0.9 => 0.9, _ => 0.9 };
        var mean = data.Average();
        var deviation = Math.Sqrt(data.Average(value => (value - mean) * (value - mean)));
        return RoundUp(Math.Max(smallest, 2 * deviation / Math.Pow(data.Count, 0.4)));
    }

    private static double RoundUp(double rough)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return power * ((rough / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
    }

    /// <summary>A multiple of the size, moved by half a bin where many numbers would lie on edges.</summary>
    private static double ChooseStart(IReadOnlyList<double> data, double low, double high, double size)
    {
        var start = Math.Floor(low / size + 1e-9) * size;
        if (data.All(value => value == Math.Floor(value)))
        {
            if (size < 1)
                return low - 0.5 * size;
            start -= 0.5;
            return start + size < low ? start + size : start;
        }

        var inMiddle = data.Count(value => IsNearEdge(value + size / 2));
        var onEdge = data.Count(IsNearEdge);
        if (inMiddle < data.Count * 0.1 && (onEdge > data.Count * 0.3 || IsNearEdge(low) || IsNearEdge(high)))
            start += start + size / 2 < low ? size / 2 : -size / 2;
        return start;

        bool IsNearEdge(double value) => (1 + (value - start) * 100 / size) % 100 < 2;
    }

    /// <summary>The bars of a histogram trace: a number for each bin.</summary>
    public double[] Heights(IReadOnlyList<double> data, IReadOnlyList<double?>? values, string function, string norm)
    {
        var members = new List<double>[Count];
        for (var i = 0; i < Count; i++)
            members[i] = [];
        for (var i = 0; i < data.Count; i++)
        {
            var index = IndexOf(data[i]);
            if (index < 0)
                continue;
            if (values is null || function == "count")
                members[index].Add(1);
            else if (i < values.Count && values[i] is { } value)
                members[index].Add(value);
        }

        double[] heights = [.. members.Select(bin => bin.Count == 0 ? 0 : function switch
        {
            "avg" => bin.Average(),
            "min" => bin.Min(),
            "max" => bin.Max(),
            _ => bin.Sum(),
        })];
        var total = heights.Sum();
        return [.. heights.Select(height => norm switch
        {
            "percent" => total == 0 ? 0 : height * 100 / total,
            "probability" => total == 0 ? 0 : height / total,
            "density" => height / Size,
            "probability density" => total == 0 ? 0 : height / total / Size,
            _ => height,
        })];
    }

    /// <summary>Counts up or down, where the trace says so.</summary>
    public static double[] Cumulated(double[] heights, JsonObject? cumulative)
    {
        if (cumulative?["enabled"] is not JsonValue enabled || !enabled.TryGetValue<bool>(out var isOn) || !isOn)
            return heights;
        var falls = cumulative["direction"] is { } direction && PlotlyJson.Word(direction) == "decreasing";
        var sums = (double[])heights.Clone();
        if (falls)
            for (var i = sums.Length - 2; i >= 0; i--)
                sums[i] += sums[i + 1];
        else
            for (var i = 1; i < sums.Length; i++)
                sums[i] += sums[i - 1];
        return sums;
    }
}
