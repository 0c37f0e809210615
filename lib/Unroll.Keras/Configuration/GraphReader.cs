using System.Text.Json.Nodes;
using Unroll.Layers;
using Unroll.Models;

namespace Unroll.Keras.Configuration;

/// <summary>
/// Makes the graph of a functional model again: each layer once, and each of its calls on what other calls gave.
/// </summary>
internal sealed class GraphReader
{
    private readonly JsonObject _config;
    private readonly ReadContext _context;
    private readonly OrderedDictionary<string, GraphLayer> _layers = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Layer, int Call), KerasTensors> _made = [];

    public GraphReader(JsonObject config, IEnumerable<JsonObject> layers, ReadContext context)
    {
        (_config, _context) = (config, context);
        foreach (var json in layers)
        {
            var layer = new GraphLayer(json, context);
            if (!_layers.TryAdd(layer.Name, layer))
                throw new InvalidDataException($"{context.File}: two layers have the name {layer.Name}.");
        }
    }

    public Model Read()
    {
        var inputs = References(_config["input_layers"]);
        var outputs = References(_config["output_layers"]);
        if (inputs.Count == 0 || outputs.Count == 0)
            throw new InvalidDataException($"{_context.File}: {_config.GetPath()} must have input_layers and output_layers.");
        ShiftCalls(outputs);
        var needed = Needed(outputs);
        foreach (var layer in _layers.Values.Where(layer => layer.IsInput))
            _made[(layer.Name, 0)] = layer.Input();
        while (needed.Count > 0)
        {
            var ready = needed.FindAll(call => call.Inputs.All(input => _made.ContainsKey((input.Layer, input.Call))));
            if (ready.Count == 0)
                throw new InvalidDataException($"{_context.File}: the calls of " +
                    $"{string.Join(", ", needed.Select(call => call.Layer.Name).Distinct(StringComparer.Ordinal))} wait for each other in a circle.");
            foreach (var call in ready)
                _made[(call.Layer.Name, call.Index)] = call.Place(Tensor);
            needed.RemoveAll(ready.Contains);
        }

        var model = new Model(
            KerasTensors.Create([.. inputs.Select(Tensor)]), KerasTensors.Create([.. outputs.Select(Tensor)]), _config.OptionalText("name") ?? "functional");
        var places = _layers.Keys.Select((name, place) => (name, place)).ToDictionary(pair => pair.name, pair => pair.place, StringComparer.Ordinal);
        _context.Order(model, [.. model.Layers.OrderBy(layer => places.GetValueOrDefault(layer.Name, int.MaxValue))]);
        return model;
    }

    /// <summary>The calls that lead to the outputs. Those that make masks alone are not among them: layers here hand masks on themselves.</summary>
    private List<GraphCall> Needed(IEnumerable<TensorReference> outputs)
    {
        var needed = new List<GraphCall>();
        var asked = new HashSet<(string, int)>();
        var open = new Queue<TensorReference>(outputs);
        while (open.TryDequeue(out var reference))
        {
            if (!asked.Add((reference.Layer, reference.Call)))
                continue;
            var layer = Layer(reference);
            if (layer.IsInput)
                continue;
            var call = layer.Calls.ElementAtOrDefault(reference.Call) ?? throw new InvalidDataException(
                $"{_context.File}: {reference.Layer} is called {layer.Calls.Count} times, and call {reference.Call} is asked for.");
            call.CheckMasks(_layers);
            needed.Add(call);
            foreach (var input in call.Inputs)
                open.Enqueue(input);
        }

        return needed;
    }

    /// <summary>
    /// A model within counts its calls from 1 where Keras had built it as a graph of its own, which was its call 0; Keras 3 does so
    /// in the outputs alone.
    /// </summary>
    private void ShiftCalls(List<TensorReference> outputs)
    {
        if (_context.Version.Major >= 3)
        {
            foreach (var output in outputs.Where(output => _layers.TryGetValue(output.Layer, out var layer) &&
                layer is { IsModel: true, ClassName: not "Sequential" }))
                output.Call--;
            return;
        }

        var references = _layers.Values.SelectMany(layer => layer.Calls).SelectMany(call => call.Inputs).Concat(outputs);
        foreach (var group in references.GroupBy(reference => reference.Layer, StringComparer.Ordinal))
        {
            if (!_layers.TryGetValue(group.Key, out var layer) || !layer.IsModel || group.Max(reference => reference.Call) < layer.Calls.Count)
                continue;
            foreach (var reference in group)
                reference.Call--;
        }
    }

    private KerasTensor Tensor(TensorReference reference)
    {
        var outputs = _made.GetValueOrDefault((reference.Layer, reference.Call)) ?? throw new InvalidDataException(
            $"{_context.File}: there is no call {reference.Call} of {reference.Layer}, which something depends on.");
        return reference.Output >= 0 && reference.Output < outputs.Count ? outputs[reference.Output] : throw new InvalidDataException(
            $"{_context.File}: {reference.Layer} gives {outputs.Count} tensors, and tensor {reference.Output} is asked for.");
    }

    private GraphLayer Layer(TensorReference reference) => _layers.GetValueOrDefault(reference.Layer) ?? throw new InvalidDataException(
        $"{_context.File}: there is no layer {reference.Layer}, on which something depends.");

    /// <summary>One reference, a list of them, or an object with named ones.</summary>
    private static List<TensorReference> References(JsonNode? json) => [.. TensorReference.Within(json)];
}
