namespace Unroll.Layers;

/// <summary>
/// The base of all layers: a function of tensors with weights. A layer of your own overrides
/// <see cref="Call(Tensor, bool)"/>, usually <see cref="Build(Shape)"/> to make its weights, and
/// <see cref="ComputeOutputShape(Shape)"/> where a trial call cannot find the shape.
/// </summary>
[Display.TypeFormatterSource(typeof(Display.TextFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public abstract partial class Layer
{
    private readonly List<Variable> _weights = [];
    private readonly HashSet<Variable> _neverTrained = [];
    private readonly List<Layer> _children = [];

    /// <summary>Makes a layer.</summary>
    /// <param name="name">The name, or null for the next automatic one: <c>lstm</c>, <c>lstm_1</c>, ….</param>
    /// <param name="inputShape">
    /// The shape of one sample, where this is the first layer of a model. Keras: ignored on later layers.
    /// </param>
    protected Layer(string? name = null, Shape? inputShape = null)
    {
        Name = name ?? Backend.UniqueName(GetType());
        InputShape = inputShape;
    }

    /// <summary>The name by which summaries, errors and <c>GetLayer</c> know the layer.</summary>
    public string Name { get; }

    /// <summary>The shape of one sample, if it was given.</summary>
    public Shape? InputShape { get; }

    /// <summary>Whether the weights are there.</summary>
    public bool Built { get; private protected set; }

    /// <summary>Whether training changes the weights. A layer inside of a frozen one is frozen too.</summary>
    public bool Trainable
    {
        get;
        set
        {
            field = value;
            foreach (var weight in _weights) weight.Trainable = value && !_neverTrained.Contains(weight);
            foreach (var child in _children) child.Trainable = value;
        }
    } = true;

    /// <summary>All weights, each once: the layer's own in the order of their making, then those of layers within.</summary>
    public virtual IReadOnlyList<Variable> Weights => [.. _weights.Concat(_children.SelectMany(child => child.Weights)).Distinct()];

    /// <summary>The weights that training changes.</summary>
    public IReadOnlyList<Variable> TrainableWeights => [.. Weights.Where(weight => weight.Trainable)];

    /// <summary>The weights that training leaves alone.</summary>
    public IReadOnlyList<Variable> NonTrainableWeights => [.. Weights.Where(weight => !weight.Trainable)];

    /// <summary>Whether this is a recurrent layer that hides its sequence: returnSequences could be set on it.</summary>
    internal virtual bool CanReturnSequences => false;

    /// <summary>What the layer asks of its first input.</summary>
    internal InputSpec InputSpec { get; set; } = InputSpec.Any;

    /// <summary>Calls the layer on data: Python's <c>layer(x)</c>. The weights are made at the first call.</summary>
    /// <exception cref="ArgumentException">The input does not fit the layer.</exception>
    /// <exception cref="InvalidOperationException">The layer gives several tensors; use <see cref="ApplyAll(Tensors, bool)"/>.</exception>
    public Tensor Apply(Tensor input, bool training = false)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (Built) InputSpec.Check(this, input.Shape, from: null);
        else EnsureBuilt([input.Shape], from: null);
        return CallOne(input, training);
    }

    /// <summary>Calls the layer on several inputs: <c>add.Apply([x, y])</c>.</summary>
    /// <exception cref="ArgumentException">The input does not fit the layer.</exception>
    /// <exception cref="InvalidOperationException">The layer gives several tensors; use <see cref="ApplyAll(Tensors, bool)"/>.</exception>
    public Tensor Apply(Tensors inputs, bool training = false) => Single(ApplyAll(inputs, training));

    /// <summary>Calls the layer on data and returns all that it gives: output, states.</summary>
    /// <exception cref="ArgumentException">The input does not fit the layer.</exception>
    public Tensors ApplyAll(Tensors inputs, bool training = false)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        Shape[] shapes = [.. inputs.Select(input => input.Shape)];
        EnsureBuilt(shapes, from: null);
        return CallAll(inputs, training);
    }

    /// <summary>Places the layer in a graph: Python's <c>layer(x)</c> on a symbolic tensor.</summary>
    /// <exception cref="ArgumentException">The input does not fit the layer.</exception>
    /// <exception cref="InvalidOperationException">The layer gives several tensors; use <see cref="ApplyAll(KerasTensors)"/>.</exception>
    public KerasTensor Apply(KerasTensors inputs) => Single(ApplyAll(inputs));

    /// <summary>Places the layer in a graph and returns all that it gives: output, states.</summary>
    /// <exception cref="ArgumentException">The input does not fit the layer.</exception>
    public KerasTensors ApplyAll(KerasTensors inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        Shape[] shapes = [.. inputs.Select(input => input.Shape)];
        EnsureBuilt(shapes, inputs[0].Layer);
        return Node.Connect(this, inputs, ComputeOutputShapes(shapes));
    }

    /// <summary>How many numbers the weights hold.</summary>
    /// <exception cref="InvalidOperationException">The weights are not made yet.</exception>
    public int CountParams()
    {
        CheckBuilt(nameof(CountParams));
        return Weights.Sum(weight => weight.Shape.Size);
    }

    /// <summary>Copies of the weights, in Keras' order and layout.</summary>
    public Tensor[] GetWeights() => [.. Weights.Select(weight => weight.Value.Copy())];

    /// <summary>Takes over weights, in Keras' order and layout.</summary>
    /// <exception cref="ArgumentException">Their number or a shape is wrong; nothing is changed then.</exception>
    /// <exception cref="InvalidOperationException">The weights are not made yet.</exception>
    public void SetWeights(IReadOnlyList<Tensor> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        CheckBuilt(nameof(SetWeights));
        var own = Weights;
        if (weights.Count != own.Count)
        {
            throw new ArgumentException(
                $"{Name} has {own.Count} weights ({string.Join(", ", own.Select(weight => $"{weight.Name} {weight.Shape}"))}) " +
                $"but SetWeights got {weights.Count}.");
        }

        for (var i = 0; i < own.Count; i++)
        {
            if (weights[i].Shape != own[i].Shape)
            {
                throw new ArgumentException(
                    $"{Name}: weight {i}, {own[i].Name}, has shape {own[i].Shape} but SetWeights got {weights[i].Shape}. " +
                    "Keras' layout is expected: GetWeights() shows it.");
            }
        }

        for (var i = 0; i < own.Count; i++) own[i].Assign(weights[i]);
    }

    /// <summary>Prints as Keras does: <c>&lt;LSTM name=lstm, built=True&gt;</c>.</summary>
    public override string ToString() => $"<{GetType().Name} name={Name}, built={Built}>";

    /// <summary>The shape of the output for a shape of the input; by default found by a trial call on zeros.</summary>
    public virtual Shape ComputeOutputShape(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        if (inputShape.IsKnown) return Call(Tensor.Zeros(inputShape), training: false).Shape;

        // An axis of the output that moves with an unknown axis of the input is unknown too.
        var small = Call(Tensor.Zeros(Filled(inputShape, 2)), training: false).Shape;
        var large = Call(Tensor.Zeros(Filled(inputShape, 3)), training: false).Shape;
        return Shape.Create([.. small.Select((axis, i) => axis == large[i] ? axis : null)]);
    }

    /// <summary>The shapes of all outputs; override it where there are several inputs or outputs.</summary>
    public virtual IReadOnlyList<Shape> ComputeOutputShapes(IReadOnlyList<Shape> inputShapes)
    {
        ArgumentNullException.ThrowIfNull(inputShapes);
        return [ComputeOutputShape(inputShapes[0])];
    }

    /// <summary>Makes the weights with <see cref="AddWeight"/>. Called once, with the shape of the first input.</summary>
    protected virtual void Build(Shape inputShape)
    {
    }

    /// <summary>Makes the weights, where they depend on several inputs.</summary>
    protected virtual void BuildAll(IReadOnlyList<Shape> inputShapes)
    {
        ArgumentNullException.ThrowIfNull(inputShapes);
        Build(inputShapes[0]);
    }

    /// <summary>The layer's function of one input and one output, written with tensor operations.</summary>
    protected virtual Tensor Call(Tensor input, bool training) =>
        throw new NotSupportedException($"{GetType().Name} overrides neither Call nor CallAll.");

    /// <summary>The layer's function, where there are several inputs or outputs.</summary>
    protected virtual Tensors CallAll(Tensors inputs, bool training)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return inputs.Count == 1
            ? Call(inputs[0], training)
            : throw new ArgumentException($"{Name} takes one input but got {inputs.Count}.");
    }

    /// <summary>Makes a weight; call it from <see cref="Build(Shape)"/>. One made with trainable: false is never trained.</summary>
    protected Variable AddWeight(string name, Shape shape, Initializers.Initializer initializer, bool trainable = true)
    {
        ArgumentNullException.ThrowIfNull(initializer);
        var weight = new Variable(initializer.Create(shape), $"{Name}/{name}", trainable && Trainable);
        _weights.Add(weight);
        if (!trainable) _neverTrained.Add(weight);
        return weight;
    }

    /// <summary>Makes the weights of a layer within this one part of this one's.</summary>
    protected TLayer Track<TLayer>(TLayer layer)
        where TLayer : Layer
    {
        _children.Add(layer);
        return layer;
    }

    /// <summary>Takes a layer's weights out again.</summary>
    private protected void Untrack(Layer layer) => _children.Remove(layer);

    /// <summary>Checks the input and makes the weights if they are not there.</summary>
    internal void EnsureBuilt(IReadOnlyList<Shape> inputShapes, Layer? from)
    {
        InputSpec.Check(this, inputShapes[0], from);
        if (Built) return;
        BuildAll(inputShapes);
        Built = true;
    }

    /// <summary>The function of one input and one output; a layer may have a shorter way than through lists.</summary>
    internal virtual Tensor CallOne(Tensor input, bool training) => Single(CallAll(input, training));

    private protected void CheckBuilt(string asked)
    {
        if (!Built)
        {
            throw new InvalidOperationException(
                $"{Name} has no weights yet, so {asked} cannot answer. Give the first layer an inputShape, or call it on data once.");
        }
    }

    private static Shape Filled(Shape shape, int length) => Shape.Create([.. shape.Select(axis => axis ?? length)]);

    private T Single<T>(IReadOnlyList<T> outputs) => outputs.Count == 1
        ? outputs[0]
        : throw new InvalidOperationException(
            $"{Name} gives {outputs.Count} tensors, but Apply returns one. Use ApplyAll: var (output, …) = layer.ApplyAll(x);");
}
