using Unroll.Keras;
using Unroll.Models;
using Unroll.ModelTool.Files;

namespace Unroll.ModelTool.Converting;

/// <summary>Writes a file in another form.</summary>
internal static class Conversion
{
    /// <summary>The endings that a model can be written with.</summary>
    public static readonly string[] Endings =
        [FileEnding.Onnx, FileEnding.Keras, FileEnding.WeightsH5, FileEnding.Safetensors, FileEnding.Npz, FileEnding.Json, FileEnding.Npy];

    private static readonly string[] OfArrays = [FileEnding.Safetensors, FileEnding.Npz, FileEnding.Npy];

    /// <summary>Whether a file holds arrays by name and no model.</summary>
    public static bool IsArrays(string path) => OfArrays.Contains(FileEnding.Of(path), StringComparer.Ordinal);

    /// <summary>Why a file cannot be written with such a name whatever is converted; null where it can.</summary>
    public static string? Fault(string to) => FileEnding.Of(to) switch
    {
        FileEnding.H5 => $"--to {to}: Keras' older format, whole models in .h5, is read and not written. "
            + "Write .keras, which every Keras since 2.12 reads, or .weights.h5.",
        var ending when !Endings.Contains(ending, StringComparer.Ordinal) => $"--to {to}: it writes {FileEnding.List(Endings)}.",
        _ => null,
    };

    /// <summary>Writes a model, its weights or its structure, as the ending of <paramref name="to"/> says.</summary>
    public static void OfModel(Model model, string to, Outcome outcome)
    {
        switch (FileEnding.Of(to))
        {
            case FileEnding.Json:
                outcome.Files.Write(to, model.ToJson());
                outcome.Notes.Add($"{to} has the structure, without weights");
                break;
            case FileEnding.Onnx:
                model.Export(outcome.Files.For(to));
                break;
            case FileEnding.Keras:
                model.Save(outcome.Files.For(to));
                break;
            case FileEnding.Npy:
                throw new ToolException($"{to} would hold one array, and a model has several weights. Write .npz or .safetensors.");
            default:
                model.SaveWeights(outcome.Files.For(to));
                outcome.Notes.Add($"{to} has the weights, without the structure");
                break;
        }
    }

    /// <summary>Writes the arrays of one file into another.</summary>
    public static void OfArrayFile(string from, string to, Outcome outcome)
    {
        var file = Path.GetFileName(from);
        if (!IsArrays(to))
        {
            throw new ToolException(
                $"{file} has arrays and no model, so it becomes {FileEnding.List(OfArrays)} and not {FileEnding.Of(to)}. "
                + "With the model in C#: model.LoadWeights(path) for names as Keras has them, TorchStateDict.Load(model, path) for PyTorch's.");
        }

        var arrays = FileEnding.Of(from) switch
        {
            FileEnding.Safetensors => SafetensorsFile.Load(from),
            FileEnding.Npz => NpzFile.Load(from),
            _ => new Dictionary<string, Tensor>(StringComparer.Ordinal) { [Path.GetFileNameWithoutExtension(from)] = NpyFile.Load(from) },
        };
        outcome.Notes.Add($"{to} has float32 numbers");
        switch (FileEnding.Of(to))
        {
            case FileEnding.Safetensors:
                SafetensorsFile.Save(outcome.Files.For(to), arrays, FileEnding.Of(from) == FileEnding.Safetensors ? SafetensorsFile.Metadata(from) : null);
                break;
            case FileEnding.Npz:
                NpzFile.Save(outcome.Files.For(to), arrays);
                break;
            default:
                NpyFile.Save(outcome.Files.For(to), arrays.Count == 1 ? arrays.Values.First() : throw new ToolException(
                    $"{to} would hold one array, and {file} has {arrays.Count}. Write .npz or .safetensors."));
                break;
        }
    }
}
