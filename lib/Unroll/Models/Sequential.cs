using Unroll.Layers;

namespace Unroll.Models;

/// <summary>Layers one behind the other.</summary>
/// <example><code>
/// var model = new Sequential();
/// model.Add(new LSTM(1, inputShape: [3, 1]));
/// model.Add(new Dense(1));
/// </code></example>
public sealed class Sequential : Model
{
    private readonly List<Layer> _layers = [];
    private Input? _input;
    private bool _inputWasAdded;

    /// <summary>Makes a model with no layer yet.</summary>
    public Sequential(string? name = null)
        : base(name)
    {
    }

    /// <summary>Makes a model of layers: <c>new Sequential([new LSTM(8, inputShape: [3, 1]), new Dense(1)])</c>.</summary>
    public Sequential(IReadOnlyList<Layer> layers, string? name = null)
        : base(name)
    {
        ArgumentNullException.ThrowIfNull(layers);
        foreach (var layer in layers) Add(layer);
    }

    /// <summary>The layers in order. Keras: an input layer is not counted.</summary>
    public override IReadOnlyList<Layer> Layers => _layers;

    /// <inheritdoc/>
    public override IReadOnlyList<Variable> Weights => [.. _layers.SelectMany(layer => layer.Weights).Distinct()];

    /// <summary>
    /// Puts a layer at the end. Where the input's shape is known, from an <see cref="Input"/>, the first layer's inputShape,
    /// or because the first layer is a model that knows it, the weights are made at once; else at the first call on data.
    /// </summary>
    /// <exception cref="ArgumentException">The layer does not fit the one before it, or its name is there already.</exception>
    public void Add(Layer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (_layers.Any(known => string.Equals(known.Name, layer.Name, StringComparison.Ordinal)))
            throw new ArgumentException($"{Name} has a layer {layer.Name} already. Make a new layer, or give it another name.");
        if (_layers.Count == 0 && _input is null && InputShapeOf(layer) is { } shape)
            _input = new Input(shape.From(1), shape.At(0), $"{layer.Name}_input");
        var graph = _input is null ? null : Extended(LayerGraph?.Outputs ?? _input, layer);
        _layers.Add(layer);
        SetGraph(graph);
    }

    /// <summary>Gives the shape of the input: <c>model.Add(new Input([3, 1]))</c>.</summary>
    /// <exception cref="InvalidOperationException">There are layers or an input already.</exception>
    public void Add(Input input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (_input is not null || _layers.Count > 0)
            throw new InvalidOperationException($"{Name} has its input already. An Input can only be added first.");
        _input = input;
        _inputWasAdded = true;
    }

    /// <summary>Takes the last layer away and returns it.</summary>
    /// <exception cref="InvalidOperationException">There is no layer.</exception>
    public Layer Pop()
    {
        CheckNotEmpty(nameof(Pop));
        var last = _layers[^1];
        _layers.RemoveAt(_layers.Count - 1);
        if (_layers.Count == 0 && !_inputWasAdded) _input = null;
        SetGraph(_layers.Count == 0 || _input is null ? null : GraphOf(_input));
        return last;
    }

    /// <summary>Makes the weights for an input of the given shape, the batch axis first: <c>Build([null, 3, 1])</c>.</summary>
    public new void Build(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        CheckNotEmpty(nameof(Build));
        if (_input is not null) return;
        var input = new Input(inputShape.From(1), inputShape.At(0), $"{_layers[0].Name}_input");
        var graph = GraphOf(input);
        _input = input;
        SetGraph(graph);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> ComputeOutputShapes(IReadOnlyList<Shape> inputShapes)
    {
        CheckNotEmpty(nameof(ComputeOutputShapes));
        return base.ComputeOutputShapes(inputShapes);
    }

    /// <inheritdoc/>
    protected override void BuildAll(IReadOnlyList<Shape> inputShapes)
    {
        ArgumentNullException.ThrowIfNull(inputShapes);
        CheckNotEmpty("a call");
        if (_input is null) Build(inputShapes[0].With(0, null));
    }

    /// <summary>The shape of a batch, where the layer knows it.</summary>
    private static Shape? InputShapeOf(Layer layer) => layer switch
    {
        { InputShape: { } sample } => sample.Prepend(null),
        Model { LayerGraph.Inputs: { Count: 1 } inputs } => inputs[0].Shape,
        _ => null,
    };

    private Graph Extended(KerasTensors outputs, Layer layer) => Graph.Between(_input!, layer.ApplyAll(outputs), Name);

    private Graph GraphOf(Input input)
    {
        KerasTensors outputs = input;
        foreach (var layer in _layers) outputs = layer.ApplyAll(outputs);
        return Graph.Between(input, outputs, Name);
    }

    private void CheckNotEmpty(string asked)
    {
        if (_layers.Count == 0)
            throw new InvalidOperationException($"{Name} has no layers, so {asked} cannot work. Add one: model.Add(new Dense(1)).");
    }
}
