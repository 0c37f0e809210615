using Unroll.Models;

namespace Unroll.Keras;

/// <summary>Keras' words on a model: <c>model.Save(path)</c>, <c>SaveWeights</c>, <c>LoadWeights</c>, <c>ToJson</c>, <c>Export</c>.</summary>
public static class ModelFiles
{
    /// <inheritdoc cref="KerasFile.Save(Model, string, CustomObjects?, bool)"/>
    public static void Save(this Model model, string path, CustomObjects? customObjects = null, bool includeOptimizer = true) =>
        KerasFile.Save(model, path, customObjects, includeOptimizer);

    /// <summary>Saves the weights alone: as <c>.weights.h5</c> for Keras, as <c>.safetensors</c> or <c>.npz</c> by their names.</summary>
    /// <exception cref="ArgumentException">The path ends otherwise.</exception>
    public static void SaveWeights(this Model model, string path, CustomObjects? customObjects = null)
    {
        switch (Extension(path))
        {
            case ".safetensors":
                SafetensorsFile.SaveWeights(model, path);
                break;
            case ".npz":
                NpzFile.SaveWeights(model, path);
                break;
            default:
                KerasFile.SaveWeights(model, path, customObjects);
                break;
        }
    }

    /// <summary>Takes over weights: of <c>.safetensors</c> and <c>.npz</c> by their names, else of a file of Keras in their order.</summary>
    /// <exception cref="InvalidDataException">The weights are not those of the model; nothing is changed.</exception>
    public static void LoadWeights(this Model model, string path, CustomObjects? customObjects = null)
    {
        switch (Extension(path))
        {
            case ".safetensors":
                SafetensorsFile.LoadWeights(model, path);
                break;
            case ".npz":
                NpzFile.LoadWeights(model, path);
                break;
            default:
                KerasFile.LoadWeights(model, path, customObjects);
                break;
        }
    }

    /// <inheritdoc cref="KerasFile.ToJson(Model, CustomObjects?)"/>
    public static string ToJson(this Model model, CustomObjects? customObjects = null) => KerasFile.ToJson(model, customObjects);

    /// <summary>Exports a model for other programs to run: <c>.onnx</c>.</summary>
    /// <inheritdoc cref="OnnxFile.Save(Model, string)"/>
    public static void Export(this Model model, string path)
    {
        if (Extension(path) is not ".onnx")
            throw new NotSupportedException($"A model is exported as .onnx, but the path is {Path.GetFileName(path)}. KerasFile.Save writes .keras.");
        OnnxFile.Save(model, path);
    }

    private static string Extension(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return Path.GetExtension(path).ToLowerInvariant();
    }
}
