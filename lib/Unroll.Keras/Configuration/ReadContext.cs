using System.Text.Json.Nodes;
using Unroll.Layers;
using Unroll.Models;

namespace Unroll.Keras.Configuration;

/// <summary>What reading a configuration needs to know, and what it has to tell afterwards.</summary>
/// <param name="file">What errors call the file.</param>
/// <param name="version">Who wrote it.</param>
/// <param name="custom">Layers and functions of the user's own.</param>
internal sealed class ReadContext(string file, KerasVersion version, ICustomObjects custom)
{
    private readonly List<string> _notes = [];
    private readonly Dictionary<Model, IReadOnlyList<Layer>> _orders = new(ReferenceEqualityComparer.Instance);

    public string File => file;

    public KerasVersion Version => version;

    public ICustomObjects Custom => custom;

    /// <summary>What was read otherwise than it was written, in words.</summary>
    public IReadOnlyList<string> Notes => _notes;

    public void Note(string text)
    {
        if (!_notes.Contains(text, StringComparer.Ordinal))
            _notes.Add(text);
    }

    /// <summary>The layers of a model in the order of its file, which is that of the weights; the model's own where no file told.</summary>
    public IReadOnlyList<Layer> LayersOf(Model model) => _orders.GetValueOrDefault(model) ?? model.Layers;

    /// <summary>The variables that training changes, in the order of the file.</summary>
    public IReadOnlyList<Variable> TrainedBy(Model model) =>
        [.. LayersOf(model).SelectMany(layer => layer is Model within ? TrainedBy(within) : layer.TrainableWeights).Distinct()];

    /// <summary>Remembers the order of a file.</summary>
    public void Order(Model model, IReadOnlyList<Layer> layers) => _orders[model] = layers;

    /// <summary>Something that the library does not have.</summary>
    /// <param name="layer">The layer's name.</param>
    /// <param name="className">Its class, as the file calls it.</param>
    /// <param name="what">What is not there, and what is there instead.</param>
    public NotSupportedException Unsupported(string layer, string className, string what) =>
        new($"{file}: layer {layer} ({className}) {what}");

    /// <summary>A value that is not of the kind it must be.</summary>
    public InvalidDataException Wrong(JsonNode node, string wanted) => Json.Wrong(node, wanted, file);
}
