namespace Unroll.Layers;

/// <summary>
/// The base of all layers: a function of tensors with weights. A layer of your own overrides
/// <see cref="Call(Tensor, bool)"/>, or <see cref="CallAll(Tensors, bool)"/> where it has several inputs or outputs, usually
/// <see cref="Build(Shape)"/> to make its weights, and <see cref="ComputeOutputShape(Shape)"/> where a trial call cannot find
/// the shape. One of each pair is enough: the other one leads to it.
/// </summary>
[Views.TypeFormatterSource(typeof(Views.TextFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
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
        Name = name ?? Session.Current.UniqueName(GetType());
        InputShape = inputShape;
        _methods = LayerMethods.Of(GetType(), Overridden);
    }

    /// <summary>The name by which summaries, errors and <c>GetLayer</c> know the layer.</summary>
    public string Name { get; internal set; }

    /// <summary>The shape of one sample, if it was given.</summary>
    public Shape? InputShape { get; }

    /// <summary>
    /// Whether training changes the weights. As in Keras, setting it sets it on all layers within, and a layer is trained only
    /// if all that it stands in are trainable.
    /// </summary>
    public bool Trainable
    {
        get;
        set
        {
            field = value;
            foreach (var weight in _weights)
                weight.Trainable = value && !_neverTrained.Contains(weight);
            foreach (var child in _children)
                child.Trainable = value;
        }
    } = true;

    /// <summary>All weights, each once: the layer's own in the order of their making, then those of layers within.</summary>
    public virtual IReadOnlyList<Variable> Weights => [.. _weights.Concat(_children.SelectMany(child => child.Weights)).Distinct()];

    /// <summary>The weights that training changes.</summary>
    public IReadOnlyList<Variable> TrainableWeights
    {
        get
        {
            if (!Trainable)
                return [];
            var trainable = Weights.Where(weight => weight.Trainable);
            if (!HoldsFrozen)
                return [.. trainable];

            // A weight of a layer within counts where that layer, on some way to it, is not frozen.
            var within = _children.SelectMany(child => child.Weights).ToHashSet();
            var trained = _children.SelectMany(child => child.TrainableWeights).ToHashSet();
            return [.. trainable.Where(weight => trained.Contains(weight) || !within.Contains(weight))];
        }
    }

    /// <summary>The weights that training leaves alone.</summary>
    public IReadOnlyList<Variable> NonTrainableWeights => [.. Weights.Except(TrainableWeights)];

    private bool HoldsFrozen => _children.Exists(child => !child.Trainable || child.HoldsFrozen);

    /// <summary>The layers right within this one, each once.</summary>
    internal IReadOnlyList<Layer> Sublayers => _children;

    /// <summary>How many numbers the weights hold.</summary>
    /// <exception cref="InvalidOperationException">The weights are not made yet.</exception>
    /// <exception cref="OverflowException">They hold more than an int can count.</exception>
    public int CountParams()
    {
        CheckBuilt(nameof(CountParams));
        var count = Weights.Sum(weight => (long)weight.Shape.Size);
        return count <= int.MaxValue
            ? (int)count
            : throw new OverflowException($"{Name} has {count} parameters, more than CountParams can tell. Summary() shows them.");
    }

    /// <summary>Copies of the weights, in Keras' order and layout.</summary>
    public Tensor[] GetWeights() => [.. Weights.Select(weight => weight.Value.Copy())];

    /// <summary>Takes over weights, in Keras' order and layout.</summary>
    /// <exception cref="ArgumentException">Their number or a shape is wrong; nothing is changed then.</exception>
    /// <exception cref="InvalidOperationException">The weights are not made yet.</exception>
    public void SetWeights(IReadOnlyList<Tensor> weights)
    {
        NullCheck.Items(weights);
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

        for (var i = 0; i < own.Count; i++)
            own[i].Assign(weights[i]);
    }

    /// <summary>Prints as Keras does: <c>&lt;LSTM name=lstm, built=True&gt;</c>.</summary>
    public override string ToString() => $"<{GetType().Name} name={Name}, built={Built}>";

    /// <summary>This layer, and all within it, however deep.</summary>
    internal IEnumerable<Layer> SelfAndWithin() => _children.SelectMany(child => child.SelfAndWithin()).Prepend(this);

    /// <summary>Freezes what is frozen in a layer of the same make.</summary>
    private protected void FreezeLike(Layer other)
    {
        if (!other.Trainable)
            Trainable = false;
        foreach (var (own, others) in _children.Zip(other._children))
            own.FreezeLike(others);
    }

    /// <summary>
    /// Makes the weights of a layer within this one part of this one's. A model of your own shows such layers in its summary.
    /// </summary>
    /// <exception cref="ArgumentException">This layer is within that one.</exception>
    protected TLayer Track<TLayer>(TLayer layer)
        where TLayer : Layer
    {
        ArgumentNullException.ThrowIfNull(layer);
        CheckNoCircle(layer);
        if (!_children.Contains(layer))
            _children.Add(layer);
        return layer;
    }

    /// <summary>Takes a layer's weights out again.</summary>
    private protected void Untrack(Layer layer) => _children.Remove(layer);

    private protected void CheckNoCircle(Layer layer)
    {
        if (layer == this)
            throw new ArgumentException($"{Name} cannot be put into itself. Make another layer for the place within.");
        if (layer.SelfAndWithin().Contains(this))
            throw new ArgumentException($"{Name} cannot hold {layer.Name}, which holds {Name} itself. Make another layer for one of the two places.");
    }
}
