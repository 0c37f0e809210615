namespace Unroll.Layers;

/// <summary>
/// Cells on top of each other within one step: the output of each is the input of the next. The states are those of the
/// first cell, then those of the second, and so on.
/// </summary>
public sealed class StackedRNNCells : RNNCell
{
    private readonly RNNCell[] _cells;

    /// <summary>Stacks cells, the first one nearest to the input.</summary>
    /// <exception cref="ArgumentException">There is no cell, or one is there twice.</exception>
    public StackedRNNCells(IReadOnlyList<RNNCell> cells, string? name = null)
        : base(name)
    {
        NullCheck.Items(cells);
        if (cells.Count == 0)
            throw new ArgumentException($"{Name} needs at least one cell.", nameof(cells));
        if (cells.Distinct().Count() != cells.Count)
            throw new ArgumentException($"{Name} has one cell twice; make a cell for each layer.");
        _cells = [.. cells];
        foreach (var cell in _cells)
            Track(cell);
        StateSize = [.. _cells.SelectMany(cell => cell.StateSize)];
        StepAxes = _cells[0].StepAxes;
    }

    /// <summary>The cells, the first one nearest to the input.</summary>
    public IReadOnlyList<RNNCell> Cells => _cells;

    internal override IReadOnlyList<RNNCell> Parts => [.. _cells.SelectMany(cell => cell.Parts)];

    internal override string StateWord => "states";

    internal override string Construction => $"[{string.Join(", ", _cells.Select(cell => cell.Construction))}]";

    /// <inheritdoc/>
    public override IReadOnlyList<int> StateSize { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> StateShapes => [.. _cells.SelectMany(cell => cell.StateShapes)];

    internal override Shape OutputShapeOn(Shape step) => _cells.Aggregate(step, (shape, cell) => cell.OutputShapeOn(shape));

    internal override IReadOnlyList<Shape> StateShapesOn(Shape step)
    {
        var shapes = new List<Shape>();
        foreach (var cell in _cells)
        {
            shapes.AddRange(cell.StateShapesOn(step));
            step = cell.OutputShapeOn(step);
        }

        return shapes;
    }

    internal override void CheckSizes(Layer layer, Shape input) => _cells[0].CheckSizes(layer, input);

    /// <inheritdoc/>
    public override int OutputSize => _cells[^1].OutputSize;

    /// <inheritdoc/>
    public override Tensors GetInitialState(int batchSize) =>
        new([.. _cells.SelectMany(cell => cell.GetInitialState(batchSize))]);

    /// <inheritdoc/>
    public override void ResetDropoutMask()
    {
        foreach (var cell in _cells)
            cell.ResetDropoutMask();
    }

    /// <inheritdoc/>
    protected override void Build(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        InputSpec = InputSpec with { Features = inputShape[^1] };
        foreach (var cell in _cells)
        {
            cell.EnsureBuiltForSteps(inputShape);
            inputShape = cell.OutputShapeOn(inputShape);
        }
    }

    /// <inheritdoc/>
    protected override (Tensor Output, Tensors States) Step(Tensor input, Tensors states, bool training)
    {
        ArgumentNullException.ThrowIfNull(states);
        var next = new List<Tensor>();
        foreach (var cell in _cells)
        {
            var own = new Tensors([.. states.Skip(next.Count).Take(cell.StateSize.Count)]);
            (input, var stepped) = cell.StepUnchecked(input, own, training);
            next.AddRange(stepped);
        }

        return (input, new Tensors([.. next]));
    }

    /// <inheritdoc/>
    protected internal override RNNCell? Copy()
    {
        var copies = _cells.Select(cell => cell.TrainableCopy()).ToArray();
        return copies.Contains(null) ? null : new StackedRNNCells(copies!);
    }
}
