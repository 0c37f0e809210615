using Unroll.Layers;

namespace Unroll.Models;

/// <summary>
/// Layers put together between inputs and outputs, with all that is needed to train them. A model is a layer too: it can be
/// called, and placed in another model.
/// </summary>
/// <example><code>
/// var inputs = new Input([9, 3]);
/// var outputs = new LSTM(5).Apply(inputs);
/// var model = new Model(inputs, outputs);
/// </code></example>
[Display.TypeFormatterSource(typeof(Display.ModelFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public partial class Model : Layer
{
    private Graph? _graph;

    /// <summary>Makes a model of the layers between inputs and outputs.</summary>
    /// <param name="inputs">One <see cref="Input"/>, or several in brackets.</param>
    /// <param name="outputs">One symbolic tensor, or several in brackets.</param>
    /// <param name="name">The name, or null for <c>model</c>, <c>model_1</c>, ….</param>
    /// <exception cref="ArgumentException">An output depends on an input that is not named.</exception>
    public Model(KerasTensors inputs, KerasTensors outputs, string? name = null)
        : this(name)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(outputs);
        SetGraph(Graph.Between(inputs, outputs, Name));
    }

    /// <summary>Makes a model whose <see cref="Layer.Call(Tensor, bool)"/> a derived class writes.</summary>
    protected Model(string? name = null)
        : base(name)
    {
    }

    /// <summary>The inputs, for a model made of a graph.</summary>
    public KerasTensors Inputs => NeedGraph(nameof(Inputs)).Inputs;

    /// <summary>The outputs, for a model made of a graph.</summary>
    public KerasTensors Outputs => NeedGraph(nameof(Outputs)).Outputs;

    /// <summary>The layers, each once, in Keras' order: the farthest from the outputs first.</summary>
    public virtual IReadOnlyList<Layer> Layers => NeedGraph(nameof(Layers)).Layers;

    internal Graph? LayerGraph => _graph;

    /// <summary>A layer by its name.</summary>
    /// <exception cref="ArgumentException">There is none of this name; the nearest one is named.</exception>
    public Layer GetLayer(string name) =>
        NearestName.Find(Layers.ToDictionary(layer => layer.Name, StringComparer.Ordinal), name, $"layer of {Name}");

    /// <summary>A layer by its place.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public Layer GetLayer(int index) => index >= 0 && index < Layers.Count
        ? Layers[index]
        : throw new ArgumentOutOfRangeException(nameof(index), $"{Name} has {Layers.Count} layers; there is no layer {index}.");

    /// <summary>Forgets what stateful layers keep.</summary>
    public void ResetStates()
    {
        foreach (var layer in Layers)
        {
            switch (layer)
            {
                case RNN { Stateful: true } rnn:
                    rnn.ResetStates();
                    break;
                case Bidirectional { ForwardLayer.Stateful: true } both:
                    both.ResetStates();
                    break;
                case Model model:
                    model.ResetStates();
                    break;
            }
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> ComputeOutputShapes(IReadOnlyList<Shape> inputShapes)
    {
        ArgumentNullException.ThrowIfNull(inputShapes);
        if (_graph is null) return base.ComputeOutputShapes(inputShapes);
        CheckInputs(inputShapes);
        var shapes = new Dictionary<KerasTensor, Shape>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < inputShapes.Count; i++) shapes[_graph.Inputs[i]] = inputShapes[i];
        foreach (var node in _graph.Nodes.Where(node => node.Inputs.Count > 0))
        {
            var results = node.Layer.ComputeOutputShapes([.. node.Inputs.Select(input => shapes[input])]);
            for (var i = 0; i < results.Count; i++) shapes[node.Outputs[i]] = results[i];
        }

        return [.. _graph.Outputs.Select(output => shapes[output])];
    }

    /// <inheritdoc/>
    protected override Tensors CallAll(Tensors inputs, bool training)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (_graph is null) return base.CallAll(inputs, training);
        CheckInputs([.. inputs.Select(input => input.Shape)]);
        return _graph.Run(inputs, training);
    }

    /// <summary>Layers in a line hand one tensor on, with no book kept.</summary>
    internal override Tensor CallOne(Tensor input, bool training)
    {
        if (_graph?.Line is not { } line) return base.CallOne(input, training);
        if (!_graph.Inputs[0].Shape.Accepts(input.Shape)) CheckInputs([input.Shape]);
        foreach (var layer in line) input = layer.Apply(input, training);
        return input;
    }

    /// <summary>Takes over a graph, whose layers are built, and lets go of the one before.</summary>
    private protected void SetGraph(Graph? graph)
    {
        foreach (var layer in _graph?.Layers ?? []) Untrack(layer);
        _graph = graph;
        if (graph is null)
        {
            Built = false;
            return;
        }

        foreach (var layer in graph.Layers) Track(layer);
        EnsureBuilt([.. graph.Inputs.Select(input => input.Shape)], from: null);
    }

    private Graph NeedGraph(string asked) => _graph ?? throw new InvalidOperationException(
        $"{Name} does not know its input yet, so it has no {asked}. Give the first layer an inputShape, or call the model on data once.");

    private void CheckInputs(IReadOnlyList<Shape> shapes)
    {
        var expected = _graph!.Inputs;
        if (shapes.Count != expected.Count)
        {
            throw new ArgumentException(
                $"{Name} has {expected.Count} inputs ({string.Join(", ", expected.Select(input => input.Layer.Name))}) but got {shapes.Count}.");
        }

        for (var i = 0; i < shapes.Count; i++)
        {
            if (!expected[i].Shape.Accepts(shapes[i]))
            {
                throw new ArgumentException(
                    $"{Name}: input {expected[i].Layer.Name} expects shape {expected[i].Shape} but got {shapes[i]}.{Advice(expected[i].Shape, shapes[i])}");
            }
        }
    }

    private static string Advice(Shape expected, Shape found) => found.Rank == expected.Rank - 1 && expected.From(1).Accepts(found)
        ? " A batch axis is missing: one sample is a batch of 1, x.ExpandDims(0)."
        : "";
}
