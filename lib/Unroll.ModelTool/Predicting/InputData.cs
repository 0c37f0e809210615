using Unroll.Keras;
using Unroll.Models;
using Unroll.ModelTool.Files;
using Unroll.ModelTool.Tables;

namespace Unroll.ModelTool.Predicting;

/// <summary>Reads what a model is to predict from.</summary>
internal static class InputData
{
    /// <summary>The endings of files that are read.</summary>
    public static readonly string[] Endings = [FileEnding.Csv, FileEnding.Npy, FileEnding.Npz];

    /// <param name="path">The file.</param>
    /// <param name="model">The model.</param>
    /// <param name="notes">Takes how the file was read.</param>
    /// <exception cref="ToolException">The file does not fit the model's inputs.</exception>
    public static Tensors Read(string path, Model model, List<string> notes)
    {
        var file = Path.GetFileName(path);
        var inputs = model.Inputs;
        var ending = FileEnding.Of(path);
        if (ending == FileEnding.Npz)
            return Named(NpzFile.Load(path), file, model, notes);
        if (inputs.Count > 1)
        {
            throw new ToolException(
                $"{file} holds one array, and {model.Name} has {inputs.Count} inputs: {Inputs(model)}. Give an .npz file with an array of each name.");
        }

        if (ending == FileEnding.Npy)
            return Batch(NpyFile.Load(path), inputs[0].Shape, file, notes);
        var (x, how) = RowShapes.Samples(CsvTable.Read(path), inputs[0].Shape, model.Name);
        notes.Add(how);
        return x;
    }

    /// <summary>The arrays in the order of the inputs; for one input the only array, whatever its name.</summary>
    private static Tensors Named(IReadOnlyDictionary<string, Tensor> arrays, string file, Model model, List<string> notes)
    {
        var inputs = model.Inputs;
        if (inputs.Count == 1 && arrays.Count == 1)
            return Batch(arrays.Values.First(), inputs[0].Shape, file, notes);
        string[] names = [.. inputs.Select(input => input.Layer.Name)];
        string[] missing = [.. names.Where(name => !arrays.ContainsKey(name))];
        if (missing.Length > 0)
        {
            throw new ToolException(
                $"{file} has no array {string.Join(", ", missing)}; it has {(arrays.Count == 0 ? "none" : string.Join(", ", arrays.Keys))}. "
                + $"{model.Name} takes {Inputs(model)}.");
        }

        if (arrays.Keys.Except(names, StringComparer.Ordinal).ToList() is { Count: > 0 } extra)
            notes.Add($"{file}: {string.Join(", ", extra)} {(extra.Count == 1 ? "is" : "are")} no input of {model.Name} and not used");
        return [.. names.Select((name, i) => Batch(arrays[name], inputs[i].Shape, $"{file}, {name}", notes))];
    }

    /// <summary>A sample alone becomes a batch of one.</summary>
    private static Tensor Batch(Tensor x, Shape input, string what, List<string> notes)
    {
        if (x.Rank == input.Rank - 1)
        {
            notes.Add($"{what}: {x.Shape} is one sample, taken as a batch of 1");
            return x.ExpandDims(0);
        }

        return x.Rank != input.Rank || x.Shape[0] > 0 ? x : throw new ToolException($"{what} has no samples: its shape is {x.Shape}.");
    }

    private static string Inputs(Model model) => string.Join(", ", model.Inputs.Select(input => $"{input.Layer.Name} {input.Shape}"));
}
