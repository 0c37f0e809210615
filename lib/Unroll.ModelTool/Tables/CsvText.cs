using System.Text;

namespace Unroll.ModelTool.Tables;

/// <summary>Writes tensors side by side as CSV: a line of names, then a row for each sample.</summary>
internal static class CsvText
{
    /// <param name="tensors">The tensors by name, (samples, …) each, with as many samples.</param>
    public static string Of(IReadOnlyList<KeyValuePair<string, Tensor>> tensors)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', tensors.SelectMany(pair => Names(pair.Key, [.. pair.Value.Shape.Skip(1)])).Select(Quoted)).Append('\n');
        var numbers = tensors.Select(pair => pair.Value.ToArray()).ToList();
        var rows = tensors[0].Value.Shape[0];
        for (var row = 0; row < rows; row++)
            text.AppendJoin(',', numbers.SelectMany(values => Row(values, row, rows)).Select(CsvNumber.Write)).Append('\n');
        return text.ToString();
    }

    private static ArraySegment<float> Row(float[] values, int row, int rows) => new(values, row * (values.Length / rows), values.Length / rows);

    /// <summary>A name for each number of a sample: that of the tensor alone where there is one, else with its place, <c>dense[2]</c>.</summary>
    private static IEnumerable<string> Names(string name, IReadOnlyList<int?> axes)
    {
        if (axes.All(axis => axis == 1))
            return [name];
        IEnumerable<string> names = [name];
        foreach (var axis in axes)
            names = names.SelectMany(_ => Enumerable.Range(0, axis!.Value), (before, i) => $"{before}[{i}]");
        return names;
    }

    private static string Quoted(string name) =>
        name.AsSpan().IndexOfAny(",\"\r\n") < 0 ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
