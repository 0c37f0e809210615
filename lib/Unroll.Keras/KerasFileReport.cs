using System.Globalization;
using System.Text;

namespace Unroll.Keras;

/// <summary>What is in a file of Keras; printed, it is a page for a person.</summary>
public sealed class KerasFileReport
{
    internal KerasFileReport(string file, string form, string kerasVersion)
    {
        (File, Form, KerasVersion) = (file, form, kerasVersion);
    }

    /// <summary>The file's name.</summary>
    public string File { get; }

    /// <summary>The form of the file, in words.</summary>
    public string Form { get; }

    /// <summary>The version of Keras that wrote it, or <c>unknown</c>.</summary>
    public string KerasVersion { get; }

    /// <summary>The class of the model, <c>Sequential</c> or <c>Functional</c>; null where there are weights alone.</summary>
    public string? ClassName { get; internal init; }

    /// <summary>The layers, those of models within after them; none where there are weights alone.</summary>
    public IReadOnlyList<KerasFileLayer> Layers { get; internal init; } = [];

    /// <summary>The arrays of weights.</summary>
    public IReadOnlyList<KerasFileArray> Weights { get; internal init; } = [];

    /// <summary>How many numbers the weights hold.</summary>
    public long Parameters => Weights.Sum(weight => weight.Shape.LongSize);

    /// <summary>How the model was trained, <c>Adam, loss mse</c>; null where the file does not say.</summary>
    public string? Training { get; internal init; }

    /// <summary>The summary as <c>model.Summary()</c> prints it; null where the model cannot be made here.</summary>
    public string? Summary { get; internal init; }

    /// <summary>What the file has and the library does not; empty where it loads.</summary>
    public IReadOnlyList<string> Unsupported { get; internal init; } = [];

    /// <summary>What is read otherwise than it was written.</summary>
    public IReadOnlyList<string> Notes { get; internal init; } = [];

    /// <summary>All of it, for a person to read.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        text.Append(File).Append('\n');
        text.Append($"  {Form}{(KerasVersion is "unknown" ? "" : $", written by Keras {KerasVersion}")}\n");
        text.Append(CultureInfo.InvariantCulture, $"  {(ClassName is null ? "no model" : $"{ClassName}, {Layers.Count} layers")}, {Parameters:N0} " +
            $"parameters in {Weights.Count} arrays\n");
        if (Training is not null)
            text.Append($"  trained with {Training}\n");
        if (Summary is not null)
            text.Append('\n').Append(Summary.TrimEnd()).Append('\n');
        else if (Layers.Count > 0)
            List(text, "Layers", Layers.Select(layer => $"{layer.Name} ({layer.ClassName}){(layer.Options.Length == 0 ? "" : $" {layer.Options}")}"));
        List(text, "Weights", Weights.Select(weight => $"{weight.Path}  {weight.Shape}  {weight.DataType}"));
        List(text, "Not here", Unsupported);
        List(text, "Read otherwise than written", Notes);
        return text.ToString().TrimEnd();
    }

    private static void List(StringBuilder text, string title, IEnumerable<string> lines)
    {
        var all = lines.ToList();
        if (all.Count == 0)
            return;
        text.Append($"\n{title}\n");
        foreach (var line in all)
            text.Append($"  {line}\n");
    }
}

/// <summary>A layer in a file of Keras.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ClassName">Its class, as Keras calls it.</param>
/// <param name="Options">What is special about it, <c>units=50, return_sequences=True</c>.</param>
public sealed record KerasFileLayer(string Name, string ClassName, string Options);

/// <summary>An array of weights in a file of Keras.</summary>
/// <param name="Path">Where it lies in the file.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="DataType">The kind of its numbers, as NumPy calls it: <c>float32</c>.</param>
public sealed record KerasFileArray(string Path, Shape Shape, string DataType);
