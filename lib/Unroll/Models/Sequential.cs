using Unroll.Layers;

namespace Unroll.Models;

/// <summary>Layers one after the other, each with one input and one output.</summary>
/// <example><code>
/// var model = new Sequential();
/// model.Add(new LSTM(1, inputShape: [3, 1]));
/// model.Add(new Dense(1));
/// </code></example>
public sealed class Sequential : Model
{
    private readonly Lock _relaxing = new();
    private Input? _input;
    private Shape? _found;
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
        NullCheck.Items(layers);
        foreach (var layer in layers)
            Add(layer);
    }

    internal override int? OutputCount => 1;

    /// <summary>
    /// Puts a layer at the end. Where the input's shape is known, from an <see cref="Input"/>, the first layer's inputShape,
    /// or because the first layer is a model that knows it, the weights are made at once; else at the first call on data.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// The layer does not fit the one before it, gives several tensors, holds this model, or its name is there already.
    /// </exception>
    public void Add(Layer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        CheckNoCircle(layer);
        if (Layers.Any(known => string.Equals(known.Name, layer.Name, StringComparison.Ordinal)))
            throw new ArgumentException($"{Name} has a layer {layer.Name} already. Make a new layer, or give it another name.");
        if (layer.OutputCount is { } outputs)
            CheckOneOutput(layer, outputs);
        var input = _input;
        if (Layers.Count == 0 && input is null && layer.FirstBatchShape is { } shape)
            input = new Input(shape.From(1), shape.At(0), $"{layer.Name}_input");
        var graph = input is null ? null : Graph.Between(input, Placed(layer, LayerGraph?.Outputs ?? input), Name);
        _input = input;
        Track(layer);
        SetGraph(graph);
    }

    /// <summary>Gives the shape of the input: <c>model.Add(new Input([3, 1]))</c>.</summary>
    /// <exception cref="InvalidOperationException">There are layers or an input already.</exception>
    public void Add(Input input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (_input is not null || Layers.Count > 0)
            throw new InvalidOperationException($"{Name} has its input already. An Input can only be added first.");
        _input = input;
        _inputWasAdded = true;
    }

    /// <summary>Takes the last layer away and returns it.</summary>
    /// <exception cref="InvalidOperationException">There is no layer.</exception>
    public Layer Pop()
    {
        CheckNotEmpty(nameof(Pop));
        var last = Layers[^1];
        Untrack(last);
        if (Layers.Count == 0 && !_inputWasAdded)
            (_input, _found) = (null, null);
        SetGraph(Layers.Count == 0 || _input is null ? null : GraphOf(_input));
        return last;
    }

    /// <summary>Makes the weights for an input of the given shape, the batch axis first: <c>Build([null, 3, 1])</c>.</summary>
    public new void Build(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        CheckNotEmpty(nameof(Build));
        if (inputShape.Rank == 0)
            throw new ArgumentException($"{Name}: the first axis of {inputShape} must be the batch. Write Build([null, …]).");
        if (_input is null)
            UseInput(inputShape);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> ComputeOutputShapes(IReadOnlyList<Shape> inputShapes)
    {
        NullCheck.Items(inputShapes);
        CheckNotEmpty(nameof(ComputeOutputShapes));
        if (LayerGraph is not null)
            return base.ComputeOutputShapes(inputShapes);
        foreach (var layer in Layers)
        {
            inputShapes = layer.OutputShapes(inputShapes);
            CheckOneOutput(layer, inputShapes.Count);
        }

        return inputShapes;
    }

    /// <inheritdoc/>
    protected override void BuildAll(IReadOnlyList<Shape> inputShapes)
    {
        NullCheck.Items(inputShapes);
        CheckNotEmpty("a call");
        if (LayerGraph is not null)
            return;
        var shape = inputShapes[0];
        if (inputShapes.Count != 1)
            throw new ArgumentException($"{Name} takes one input but got {inputShapes.Count}.");
        if (shape.Rank == 0)
            throw new ArgumentException($"{Name}: a number without axes came; the first axis must be the batch.");
        _found = IsBoundToBatch ? shape : shape.With(0, null);
        UseInput(_found);
    }

    /// <summary>
    /// A shape that was found at the first call binds no later one: as in tf.keras 2, an axis that came with another length is
    /// not known from then on, and the layers say which of them minds.
    /// </summary>
    private protected override Graph? GraphFor(IReadOnlyList<Shape> shapes)
    {
        if (LayerGraph is not { } graph || _found is null || shapes.Count != 1 || graph.Accepts(shapes))
            return LayerGraph;
        lock (_relaxing)
        {
            if (LayerGraph!.Accepts(shapes))
                return LayerGraph;
            var (known, shape) = (_found, shapes[0]);
            if (shape.Rank == 0)
                throw new ArgumentException($"{Name}: a number without axes came; the first axis must be the batch.");
            var relaxed = shape.Rank == known.Rank
                ? Shape.Create([.. known.Select((axis, i) => axis == shape.At(i) ? axis : null)])
                : shape.With(0, null);

            // The layers know which features they were built for.
            Layers[0].CheckInputs(shapes, from: null);
            UseInput(relaxed);
            _found = relaxed;
            return LayerGraph;
        }
    }

    private protected override string WhyNoGraph(string asked) =>
        $"{Name} does not know its input yet, so it has no {asked}. Give the first layer an inputShape, or call the model on data once.";

    private void UseInput(Shape batchShape)
    {
        var input = new Input(batchShape.From(1), batchShape.At(0), $"{Layers[0].Name}_input");
        var graph = GraphOf(input);
        _input = input;
        SetGraph(graph);
    }

    private Graph GraphOf(Input input) =>
        Graph.Between(input, Layers.Aggregate((KerasTensors)input, (outputs, layer) => Placed(layer, outputs)), Name);

    private KerasTensors Placed(Layer layer, KerasTensors inputs)
    {
        var outputs = layer.ApplyAll(inputs);
        CheckOneOutput(layer, outputs.Count);
        return outputs;
    }

    private void CheckOneOutput(Layer layer, int outputs)
    {
        if (outputs != 1)
            throw new ArgumentException($"{Name}: {layer.Name} gives {outputs} tensors, and each layer of a Sequential must give one. {layer.OneOutputAdvice}");
    }

    private void CheckNotEmpty(string asked)
    {
        if (Layers.Count == 0)
            throw new InvalidOperationException($"{Name} has no layers, so {asked} cannot work. Add one: model.Add(new Dense(1)).");
    }
}
