using Unroll.Layers;
using Unroll.Models;

namespace Unroll.Keras.Arrays;

/// <summary>A weight with the path of its layers, as Keras names it: <c>bidirectional/forward_lstm/lstm_cell/kernel</c>.</summary>
internal sealed record NamedWeight(string Path, Layer Owner, Variable Variable)
{
    /// <summary>The name within its layer.</summary>
    public string Word => WordOf(Owner, Variable);

    public static string WordOf(Layer owner, Variable variable) =>
        variable.Name.StartsWith($"{owner.Name}/", StringComparison.Ordinal) ? variable.Name[(owner.Name.Length + 1)..] : variable.Name;
}

/// <summary>The weights of a model by their paths, each once.</summary>
internal sealed class ModelWeights
{
    private readonly Model _model;
    private readonly OrderedDictionary<string, NamedWeight> _weights = new(StringComparer.Ordinal);
    private readonly HashSet<Variable> _known = [];

    private ModelWeights(Model model) => _model = model;

    public IReadOnlyDictionary<string, NamedWeight> All => _weights;

    /// <exception cref="InvalidOperationException">The model is not built.</exception>
    /// <exception cref="ArgumentException">Two weights have the same path.</exception>
    public static ModelWeights Of(Model model, string asked)
    {
        ArgumentNullException.ThrowIfNull(model);
        model.CheckBuilt(asked);
        var weights = new ModelWeights(model);
        weights.Add(model, "");

        // A class that answers for its weights by itself may have some that none of its layers holds.
        foreach (var variable in model.Weights)
            weights.Add(variable, variable.Name, model);
        return weights;
    }

    /// <summary>The part of a path that a layer within another adds.</summary>
    public static string Segment(Layer outer, Layer inner) => inner switch
    {
        // The cell of a fused layer bears the layer's name; Keras names it after its class.
        ConvLSTMCell when inner.Name == outer.Name => "conv_lstm_cell",
        StandardCell when inner.Name == outer.Name => Session.SnakeCase(inner.ClassName),
        _ => inner.Name,
    };

    public IEnumerable<KeyValuePair<string, Tensor>> Values() => _weights.Select(pair => KeyValuePair.Create(pair.Key, pair.Value.Variable.Value));

    /// <summary>Takes over all values, or none.</summary>
    /// <exception cref="InvalidDataException">Something is missing, too many, or of another shape.</exception>
    public void Assign(IReadOnlyDictionary<string, Tensor> values, string file)
    {
        const string Nothing = "nothing";
        var missing = _weights.Where(pair => !values.TryGetValue(pair.Key, out var value) || value.Shape != pair.Value.Variable.Shape)
            .Select(pair => (string[])[
                pair.Value.Owner.Name, pair.Key, $"{pair.Value.Variable.Shape}", values.TryGetValue(pair.Key, out var value) ? $"{value.Shape}" : Nothing]);
        var extra = values.Where(pair => !_weights.ContainsKey(pair.Key)).Select(pair => (string[])["", pair.Key, Nothing, $"{pair.Value.Shape}"]);
        string[][] misfits = [.. missing, .. extra];
        if (misfits.Length > 0)
        {
            throw new InvalidDataException(
                $"{file} does not fit {_model.Name}, which stays as it was. Weights that differ, {misfits.Length} in all:\n" +
                TextTable.Of(["layer", "weight", "expected", "found"], misfits));
        }

        foreach (var (name, value) in values)
            _weights[name].Variable.Assign(value);
    }

    private void Add(Layer layer, string path)
    {
        foreach (var variable in layer.OwnWeights)
            Add(variable, path + NamedWeight.WordOf(layer, variable), layer);
        foreach (var inner in layer.Sublayers)
            Add(inner, $"{path}{Segment(layer, inner)}/");
    }

    private void Add(Variable variable, string path, Layer owner)
    {
        if (_known.Add(variable) && !_weights.TryAdd(path, new NamedWeight(path, owner, variable)))
            throw new ArgumentException($"{_model.Name} has two weights called {path}. Give the layers, or the weights of {owner.Name}, different names.");
    }
}
