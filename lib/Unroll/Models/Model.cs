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
[Views.TypeFormatterSource(typeof(ModelFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public partial class Model : Layer
{
    private volatile Graph? _graph;

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
        var graph = Graph.Between(inputs, outputs, Name);
        foreach (var layer in graph.Layers)
            Track(layer);
        SetGraph(graph);
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

    /// <summary>
    /// The layers, each once: of a graph in Keras' order, the farthest from the outputs first; of a class of your own those that
    /// it tracks, in that order.
    /// </summary>
    public IReadOnlyList<Layer> Layers => Sublayers;

    internal override Graph? LayerGraph => _graph;

    internal override IReadOnlyList<Layer> ListedLayers => Layers;

    // What Model's constructor makes is of Keras' class Functional.
    internal override string ClassName => GetType() == typeof(Model) ? "Functional" : base.ClassName;

    internal override string Kind => $"{ClassName} · {Layers.Count} layers";

    internal override string ShortName => Name;

    internal override bool LeavesMasksToLayersWithin => true;

    internal override int? OutputCount => _graph?.Outputs.Count ?? base.OutputCount;

    internal override bool IsBoundToBatch => _graph?.Inputs.Any(input => input.Shape.IsKnownAt(0)) == true || base.IsBoundToBatch;

    internal override Shape? FirstBatchShape => _graph is { Inputs.Count: 1 } graph ? graph.Inputs[0].Shape : base.FirstBatchShape;

    /// <summary>A layer by its name.</summary>
    /// <exception cref="ArgumentException">There is none of this name; the nearest one is named.</exception>
    public Layer GetLayer(string name) =>
        NearestName.Find(
            Layers.DistinctBy(layer => layer.Name, StringComparer.Ordinal).ToDictionary(layer => layer.Name, StringComparer.Ordinal),
            name,
            $"layer of {Name}");

    /// <summary>A layer by its place.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public Layer GetLayer(int index) => index >= 0 && index < Layers.Count
        ? Layers[index]
        : throw new ArgumentOutOfRangeException(nameof(index), $"{Name} has {Layers.Count} layers; there is no layer {index}.");

    /// <summary>Forgets what stateful layers keep, however deep they lie.</summary>
    public void ResetStates() => ForgetStates();

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> ComputeOutputShapes(IReadOnlyList<Shape> inputShapes)
    {
        NullCheck.Items(inputShapes);
        if (GraphFor(inputShapes) is not { } graph)
            return base.ComputeOutputShapes(inputShapes);
        graph.CheckInputs(inputShapes, Name);
        return graph.Shapes(inputShapes);
    }

    /// <inheritdoc/>
    protected override Tensors CallAll(Tensors inputs, bool training)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count == 1 && LineFor(inputs[0].Shape) is { } line)
            return Graph.Run(line, inputs[0], training);
        Shape[] shapes = [.. inputs.Select(input => input.Shape)];
        if (GraphFor(shapes) is not { } graph)
            return base.CallAll(inputs, training);
        graph.CheckInputs(shapes, Name);
        return graph.Run(inputs, training);
    }

    /// <summary>The layers to call one after the other for one input of this shape; null where it is not as simple.</summary>
    private Layer[]? LineFor(Shape shape) =>
        _graph is { Line.Length: > 0 } graph && graph.Inputs[0].Shape.Accepts(shape) ? graph.Line : null;

    /// <summary>The graph to use for inputs of these shapes; null for a class of your own, which has none.</summary>
    private protected virtual Graph? GraphFor(IReadOnlyList<Shape> shapes) => _graph;

    /// <summary>Takes over a graph, whose layers are built and tracked.</summary>
    private protected void SetGraph(Graph? graph)
    {
        _graph = graph;
        Built = graph is not null;
    }

    /// <summary>Why there is no graph to ask for something.</summary>
    private protected virtual string WhyNoGraph(string asked) =>
        $"{Name} is of a class of its own, {GetType().Name}, whose calls are not known as a graph, so it has no {asked}. " +
        "A model made with new Model(inputs, outputs) has it.";

    internal string WhyNoLayers => WhyNoGraph("layers in a known order");

    internal Graph NeedGraph(string asked) => _graph ?? throw new InvalidOperationException(WhyNoGraph(asked));
}
