using System.Globalization;
using System.Text;

namespace Unroll.ModelTool.Inspecting;

/// <summary>A tensor in a file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape, as a tuple.</param>
/// <param name="Kind">The kind of its numbers, as NumPy calls it.</param>
internal sealed record DescribedTensor(string Name, string Shape, string Kind);

/// <summary>A page on a file, built as that of <see cref="Keras.KerasFileReport"/> is.</summary>
internal sealed class DescribedFile
{
    private readonly StringBuilder _text = new();

    public DescribedFile(string file, params IEnumerable<string> lines)
    {
        _text.Append(file).Append('\n');
        foreach (var line in lines)
            _text.Append("  ").Append(line).Append('\n');
    }

    /// <summary>Lines under a title; nothing where there are none.</summary>
    public DescribedFile List(string title, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count > 0)
            _text.Append('\n').Append(title).Append('\n').AppendJoin('\n', all.Select(line => $"  {line}")).Append('\n');
        return this;
    }

    public DescribedFile List(string title, IEnumerable<DescribedTensor> tensors) =>
        List(title, tensors.Select(tensor => $"{tensor.Name}  {tensor.Shape}  {tensor.Kind}"));

    public override string ToString() => _text.ToString().TrimEnd();

    /// <summary>A number of things: <c>1 array</c>, <c>2,500 arrays</c>.</summary>
    public static string Count(long count, string one) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {one}{(count == 1 ? "" : "s")}");

    /// <summary>How many numbers shapes of known lengths hold.</summary>
    public static long Sizes(IEnumerable<Shape> shapes) => shapes.Sum(shape => shape.Aggregate(1L, (size, axis) => size * axis!.Value));
}
