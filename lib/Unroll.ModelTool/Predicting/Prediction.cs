using Unroll.Keras;
using Unroll.Models;
using Unroll.ModelTool.Files;
using Unroll.ModelTool.Tables;

namespace Unroll.ModelTool.Predicting;

/// <summary>Predicts from a file, and gives the numbers out.</summary>
internal static class Prediction
{
    /// <summary>The endings of files that are written.</summary>
    public static readonly string[] Endings = [FileEnding.Csv, FileEnding.Npy, FileEnding.Npz];

    private const int DefaultBatchSize = 32;

    /// <param name="model">The model.</param>
    /// <param name="data">The file to predict from.</param>
    /// <param name="output">The file to write; null for the console.</param>
    /// <param name="batchSize">How many samples are computed at a time; null for the model's own, or 32.</param>
    /// <param name="outcome">Takes numbers, files and notes.</param>
    public static void Run(Model model, string data, string? output, int? batchSize, Outcome outcome)
    {
        var x = InputData.Read(data, model, outcome.Notes);
        var y = Predict(model, x, batchSize ?? OwnBatchSize(model), Path.GetFileName(data));
        var named = Named(model, y);
        outcome.Notes.Add($"predicted {string.Join(", ", named.Select(pair => $"{pair.Key} {pair.Value.Shape}"))}");
        if (output is null)
            outcome.Text += CsvText.Of(named);
        else
            Write(named, output, outcome.Files);
    }

    private static int OwnBatchSize(Model model) => model.Inputs[0].Shape is var shape && shape.IsKnownAt(0) ? shape[0] : DefaultBatchSize;

    private static Tensors Predict(Model model, Tensors x, int batchSize, string file)
    {
        try
        {
            return model.PredictAll(x, batchSize);
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            // What the model says of the data: shapes, numbers of samples, tokens that are out of range.
            throw new ToolException($"{file} does not fit: {error.Message}");
        }
    }

    private static void Write(IReadOnlyList<KeyValuePair<string, Tensor>> named, string output, Drafts files)
    {
        switch (FileEnding.Of(output))
        {
            case FileEnding.Csv:
                files.Write(output, CsvText.Of(named));
                break;
            case FileEnding.Npz:
                NpzFile.Save(files.For(output), named);
                break;
            case FileEnding.Npy when named.Count == 1:
                NpyFile.Save(files.For(output), named[0].Value);
                break;
            default:
                throw new ToolException(
                    $"{output} would hold one array, and the model gives {named.Count}: {string.Join(", ", named.Select(pair => pair.Key))}. "
                    + "Write an .npz or .csv file.");
        }
    }

    /// <summary>The outputs by the names of the layers that give them; of several of one layer with numbers.</summary>
    private static List<KeyValuePair<string, Tensor>> Named(Model model, Tensors y)
    {
        string[] layers = [.. model.Outputs.Select(output => output.Layer.Name)];
        return
        [
            .. y.Select((tensor, i) => KeyValuePair.Create(
                layers.Count(name => name == layers[i]) == 1 ? layers[i] : $"{layers[i]}_{layers.Take(i).Count(name => name == layers[i])}", tensor)),
        ];
    }
}
