namespace Unroll.Layers;

/// <content>The first call makes the weights, once, whichever thread it comes from.</content>
public abstract partial class Layer
{
    private readonly Lock _building = new();
    private volatile bool _built;

    /// <summary>Whether the weights are there.</summary>
    public bool Built
    {
        get => _built;
        private protected set => _built = value;
    }

    /// <summary>What the layer asks of its first input.</summary>
    internal InputSpec InputSpec { get; set; } = InputSpec.Any;

    /// <summary>Whether this is a recurrent layer that hides its sequence: returnSequences could be set on it.</summary>
    internal virtual bool CanReturnSequences => false;

    /// <summary>The shape of a batch for which the layer would be built as the first one of a model; null where it does not say.</summary>
    internal virtual Shape? FirstBatchShape => InputShape?.Prepend(null);

    /// <summary>Makes the weights with <see cref="AddWeight"/>. Called once, with the shape of the first input.</summary>
    protected virtual void Build(Shape inputShape)
    {
    }

    /// <summary>Makes the weights, where they depend on several inputs.</summary>
    protected virtual void BuildAll(IReadOnlyList<Shape> inputShapes)
    {
        NullCheck.Items(inputShapes);
        Build(inputShapes[0]);
    }

    /// <summary>Makes a weight; call it from <see cref="Build(Shape)"/>. One made with trainable: false is never trained.</summary>
    /// <param name="name">The end of its name.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="initializer">Its first numbers.</param>
    /// <param name="trainable">Whether training changes it.</param>
    /// <param name="regularizer">What its numbers cost, which training adds to the loss.</param>
    /// <param name="constraint">What it must keep to after each step of training.</param>
    /// <exception cref="ArgumentException">The shape holds more numbers than a tensor can, or an axis is not known.</exception>
    protected Variable AddWeight(
        string name,
        Shape shape,
        Initializers.Initializer initializer,
        bool trainable = true,
        Regularizers.Regularizer? regularizer = null,
        Constraints.Constraint? constraint = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(initializer);
        CheckWeight(name, shape);
        var weight = new Variable(FirstValue(name, shape, initializer), $"{Name}/{name}", trainable && Trainable)
        {
            Regularizer = regularizer is null ? null : value => Price(regularizer, value, name),
            Constraint = constraint is null ? null : value => Kept(constraint, value, name),
        };
        _weights.Add(weight);
        if (!trainable)
            _neverTrained.Add(weight);
        return weight;
    }

    private protected Variable AddRuled(string name, Shape shape, WeightRule rule) =>
        AddWeight(name, shape, rule.Initializer, regularizer: rule.Regularizer, constraint: rule.Constraint);

    private Tensor Price(Regularizers.Regularizer regularizer, Tensor weight, string name) =>
        regularizer.Call(weight) is { Size: 1 } price
            ? price.Reshape()
            : throw new InvalidOperationException($"{Name}: the regularizer of weight {name} must give one number.");

    private Tensor Kept(Constraints.Constraint constraint, Tensor weight, string name) =>
        constraint.Call(weight) is { } kept && kept.Shape == weight.Shape
            ? kept
            : throw new InvalidOperationException($"{Name}: the constraint of weight {name} must give a tensor of its shape, {weight.Shape}.");

    private Tensor FirstValue(string name, Shape shape, Initializers.Initializer initializer)
    {
        if (AwaitedWeights.Current is { } awaited)
            return awaited.Place($"{Name}/{name}", shape);
        Tensor? value;
        try
        {
            value = initializer.Create(shape);
        }
        catch (Exception error) when (error is InvalidOperationException or OutOfMemoryException)
        {
            throw new ArgumentException($"{Name}: weight {name} of shape {shape} cannot be made: {error.Message}", error);
        }

        if (value is null)
            throw new InvalidOperationException($"{Name}: the initializer of weight {name} returned null; it must give a tensor of shape {shape}.");
        if (value.Shape != shape)
            throw new InvalidOperationException($"{Name}: weight {name} has shape {shape}, but its initializer gave {value.Shape}.");
        return value;
    }

    /// <summary>Checks the inputs and makes the weights if they are not there.</summary>
    internal void EnsureBuilt(IReadOnlyList<Shape> inputShapes, ITensorSource? from)
    {
        var built = Built;
        CheckInputs(inputShapes, from);
        if (built)
            return;
        lock (_building)
        {
            if (!Built)
                BuildOnce(inputShapes);
        }

        // Another thread may have built it, for other features.
        CheckInputs(inputShapes, from);
    }

    /// <summary>Checks the inputs' shapes before anything is made of them.</summary>
    internal virtual void CheckInputs(IReadOnlyList<Shape> inputShapes, ITensorSource? from)
    {
        if (inputShapes.Count == 0)
            throw new ArgumentException($"{Name} got no input.");
        InputSpec.Check(this, inputShapes[0], from as Layer);
        if (_methods.CallsOne)
            CheckOneInput(inputShapes.Count, from);
    }

    /// <summary>The same for one input.</summary>
    internal virtual void CheckInput(Shape inputShape) => InputSpec.Check(this, inputShape, from: null);

    private void BuildOnce(IReadOnlyList<Shape> inputShapes)
    {
        var weights = _weights.Count;
        try
        {
            if (_methods.BuildsOne)
                Build(inputShapes[0]);
            else
                BuildAll(inputShapes);
            Built = true;
        }
        catch (Exception error)
        {
            // A second try begins anew.
            _weights.RemoveRange(weights, _weights.Count - weights);
            if (!Shape.IsUnknownAxis(error))
                throw;
            throw new ArgumentException(
                $"{Name} cannot make its weights for {string.Join(", ", inputShapes)}: {error.Message} " +
                "Give it a length where the model begins, in Input or inputShape.",
                error);
        }
    }

    private void CheckWeight(string name, Shape shape)
    {
        if (!shape.IsKnown)
        {
            throw new ArgumentException(
                $"{Name}: weight {name} has shape {shape}, and an axis without a length cannot be made. " +
                "Give that axis a length where the model begins, in Input or inputShape.");
        }

        if (shape.LongSize > Array.MaxLength)
        {
            throw new ArgumentException(
                $"{Name}: weight {name} of shape {shape} would hold {shape.LongSize} numbers; a tensor holds {Array.MaxLength} at most. " +
                "Make the layer, or its input, smaller.");
        }

        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        if ((long)shape.LongSize * sizeof(float) > memory)
        {
            throw new ArgumentException(
                $"{Name}: weight {name} of shape {shape} takes {(long)shape.LongSize * sizeof(float) >> 20} MB, and there are {memory >> 20} MB. " +
                "Make the layer, or its input, smaller.");
        }
    }

    internal void CheckBuilt(string asked)
    {
        if (!Built)
        {
            throw new InvalidOperationException(
                $"{Name} has no weights yet, so {asked} cannot answer. Give the first layer an inputShape, or call it on data once.");
        }
    }
}
