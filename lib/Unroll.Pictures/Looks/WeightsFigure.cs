using Unroll.Figures;
using Unroll.Layers;

namespace Unroll.Pictures.Looks;

/// <summary>Draws weights as heat maps, those of an LSTM or a GRU split by gate.</summary>
internal static class WeightsFigure
{
    private const int MostRows = 64;
    private const int MostColumns = 64;

    public static Figure Draw(Layer layer)
    {
        var gated = layer.SelfAndWithin().Where(one => one.WeightParts.Count > 0)
            .SelectMany(one => one.OwnWeights.Select(weight => (Weight: weight, Gates: one.WeightParts)))
            .ToDictionary(pair => pair.Weight, pair => pair.Gates);
        var parts = layer.Weights.SelectMany(weight => gated.TryGetValue(weight, out var gates) ? ByGate(weight, gates) : [Whole(weight)]).ToArray();
        if (parts.Length == 0)
            throw new InvalidOperationException($"{layer.Name} has no weights to be drawn.");
        var columns = gated.Count > 0 ? gated.Values.Max(gates => gates.Count) : Math.Min(2, parts.Length);
        var reach = parts.SelectMany(part => part.Rows).SelectMany(row => row).Where(float.IsFinite).Select(MathF.Abs).DefaultIfEmpty(0).Max();
        var panels = parts.Select((part, i) => Panel(part.Title, part.Rows, reach == 0 ? 1 : reach, isFirst: i == 0)).ToArray();
        var isCut = layer.Weights.Any(weight => IsCut(weight, gated.GetValueOrDefault(weight)?.Count ?? 1));
        var cut = isCut ? $", the first {MostRows} rows and {MostColumns} columns" : "";
        return FigureParts.Panels($"Weights of {layer.Name}{cut}", panels, columns, width: columns > 2 ? 800 : 640);
    }

    private static IEnumerable<(string Title, float[][] Rows)> ByGate(Variable weight, IReadOnlyList<string> gates)
    {
        var (matrix, width) = (Matrix(weight), weight.Shape[weight.Shape.Rank - 1] / gates.Count);
        return gates.Select((gate, i) => ($"{Last(weight)} · {gate}", Cut(matrix.Select(row => row[(i * width)..((i + 1) * width)]))));
    }

    private static (string Title, float[][] Rows) Whole(Variable weight) => ($"{Last(weight)} {weight.Shape}", Cut(Matrix(weight)));

    /// <summary>A weight as rows: a vector is one row, what has more axes has all but the last one in its rows.</summary>
    private static float[][] Matrix(Variable weight) =>
        [.. weight.Value.ToArray().Chunk(Math.Max(1, weight.Shape.Rank == 0 ? 1 : weight.Shape[weight.Shape.Rank - 1]))];

    private static bool IsCut(Variable weight, int gates)
    {
        var matrix = Matrix(weight);
        return matrix.Length > MostRows || matrix[0].Length / gates > MostColumns;
    }

    private static float[][] Cut(IEnumerable<float[]> rows) =>
        [.. rows.Take(MostRows).Select(row => row.Take(MostColumns).Select(value => MathF.Round(value, 4)).ToArray())];

    /// <summary>The weight's own name; recurrent_kernel is too long for a small picture.</summary>
    private static string Last(Variable weight) =>
        weight.Name[(weight.Name.LastIndexOf('/') + 1)..] is var name && name == "recurrent_kernel" ? "recurrent" : name;

    private static Panel Panel(string title, float[][] rows, double reach, bool isFirst) => new(
        title,
        FigureParts.Heatmap(rows, reach, showScale: isFirst, countsFromOne: false),
        FigureParts.Axis(isShort: rows[0].Length <= 8),
        FigureParts.Axis(isShort: rows.Length <= 8, isReversed: true));
}
