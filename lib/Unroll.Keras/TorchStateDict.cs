using Unroll.Keras.Arrays;
using Unroll.Keras.Arrays.Torch;
using Unroll.Models;

namespace Unroll.Keras;

/// <summary>
/// Weights of PyTorch and TorchSharp, whose state dict was saved as safetensors, in a model of the same layers: Linear is
/// <c>Dense</c>, LSTM, GRU and RNN (each of their layers one of the model's, two directions a <c>Bidirectional</c>), Embedding,
/// Conv1d, Conv2d, LayerNorm, BatchNorm.
/// </summary>
/// <example><code>
/// # Python: from safetensors.torch import save_file; save_file(net.state_dict(), "net.safetensors")
/// var report = TorchStateDict.Load(model, "net.safetensors");
/// </code></example>
public static class TorchStateDict
{
    /// <summary>
    /// Loads a state dict into a model. A module goes where the map says; else to the layer of its name, where it fits; else to
    /// the first free layer that it fits, in order. It fits where all its parameters have the shapes of the layer's weights.
    /// Matrices are transposed, gates put into Keras' order, and the two biases of LSTM and RNN added.
    /// </summary>
    /// <param name="model">The model, which is built.</param>
    /// <param name="path">The .safetensors file.</param>
    /// <param name="map">Names of layers, or their paths, by names of modules (<c>encoder.lstm</c>); of a module of several layers, the first.</param>
    /// <param name="strict">Whether every tensor and every weight must find its counterpart, counters of batches aside.</param>
    /// <returns>What went where, and how; see it printed.</returns>
    /// <exception cref="InvalidDataException">Something does not fit: the table says what, and the model stays as it was.</exception>
    /// <exception cref="ArgumentException">The map names what is not there.</exception>
    public static TorchStateReport Load(Model model, string path, IReadOnlyDictionary<string, string>? map = null, bool strict = true) =>
        Load(model, SafetensorsFile.Load(path), map, strict, Path.GetFileName(path));

    /// <summary>The same for tensors that are loaded already.</summary>
    /// <inheritdoc cref="Load(Model, string, IReadOnlyDictionary{string, string}?, bool)"/>
    /// <param name="model">The model, which is built.</param>
    /// <param name="state">The tensors by their names in the state dict.</param>
    /// <param name="map">Names of layers, or their paths, by names of modules.</param>
    /// <param name="strict">Whether every tensor and every weight must find its counterpart.</param>
    public static TorchStateReport Load(
        Model model, IReadOnlyDictionary<string, Tensor> state, IReadOnlyDictionary<string, string>? map = null, bool strict = true)
    {
        ArgumentNullException.ThrowIfNull(state);
        return Load(model, state, map, strict, "The state dict");
    }

    private static TorchStateReport Load(
        Model model, IReadOnlyDictionary<string, Tensor> state, IReadOnlyDictionary<string, string>? map, bool strict, string file)
    {
        var weights = ModelWeights.Of(model, nameof(Load));
        var places = TorchPlaces.Of(model, weights);
        var matching = new TorchMatching(state, places, map ?? new Dictionary<string, string>(StringComparer.Ordinal));
        var report = new TorchStateReport(weights, places, matching, state);
        if (strict && !report.IsComplete)
            throw new InvalidDataException($"{file} does not fit {model.Name}, which stays as it was.\n{report}");
        foreach (var (place, module) in matching.Filled)
        {
            foreach (var weight in place.Weights)
                weight.Weight.Variable.Assign(weight.Convert([.. weight.Parameters.Select(name => state[module.Keys[name]])]));
        }

        return report;
    }
}
