using Unroll.Layers;

namespace Unroll.Keras.Arrays.Torch;

/// <summary>A place in the model that a module, or a layer of a recurrent one, can fill.</summary>
/// <param name="Layer">The layer whose name it has.</param>
/// <param name="Path">Its path in the model.</param>
/// <param name="IsRecurrent">Whether a layer of a recurrent module fills it.</param>
/// <param name="Weights">How its weights are made.</param>
internal sealed record TorchPlace(Layer Layer, string Path, bool IsRecurrent, IReadOnlyList<TorchWeight> Weights)
{
    /// <summary>Why no module can fill it; null where one can.</summary>
    public string? Refusal { get; init; }

    /// <summary>What a state dict does not say, and must be right in the layer by itself; null for nothing.</summary>
    public string? Unsaid { get; init; }

    /// <summary>Whether a module has all parameters for the weights, in their shapes, and no other.</summary>
    public bool IsFilledBy(TorchModule module, IReadOnlyDictionary<string, Tensor> state) =>
        Refusal is null
        && module.Layer is not null == IsRecurrent
        && Weights.All(weight => weight.Parameters.All(name => module.Keys.TryGetValue(name, out var key) && state[key].Shape == weight.Shape))
        && module.Keys.Keys.Except(Weights.SelectMany(weight => weight.Parameters), StringComparer.Ordinal).FirstOrDefault() is null;

    /// <summary>Whether a module's name is the layer's, or its path with dots.</summary>
    public bool IsCalled(string module) => module == Layer.Name || module.Replace('.', '/') == Path;
}
