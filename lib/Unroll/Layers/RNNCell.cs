namespace Unroll.Layers;

/// <summary>
/// One step of a recurrent network. A cell of your own overrides <see cref="Step"/>, <see cref="StateSize"/>, and
/// <see cref="Layer.Build(Shape)"/> (with the shape of one step's input, (batch, features)); <see cref="RNN"/> runs it over
/// a sequence.
/// </summary>
public abstract class RNNCell : Layer
{
    /// <summary>Makes a cell.</summary>
    protected RNNCell(string? name = null)
        : base(name) => InputSpec = new InputSpec(Rank: 2, Axes: "batch, features");

    /// <summary>The number of units in each state: two equal ones, h and c, for an LSTM.</summary>
    public abstract IReadOnlyList<int> StateSize { get; }

    /// <summary>
    /// The shape of each state of one sample, without the batch: by default (units,) of <see cref="StateSize"/>. A cell whose
    /// state is a matrix overrides it, such as a fast-weight memory of shape (units, units).
    /// </summary>
    public virtual IReadOnlyList<Shape> StateShapes => [.. StateSize.Select(units => Shape.Of(units))];

    /// <summary>The number of units in the output; by default that of the first state.</summary>
    public virtual int OutputSize => StateSize[0];

    /// <summary>
    /// The states before the first step: zeros, each (batch, units), or as <see cref="StateShapes"/> says. A cell that learns
    /// its first state makes it of a weight here.
    /// </summary>
    public virtual Tensors GetInitialState(int batchSize) =>
        new([.. StateShapes.Select(shape => Tensor.Zeros([batchSize, .. shape.Axes]))]);

    /// <summary>The axes of a step's input after the batch.</summary>
    internal IReadOnlyList<string> StepAxes
    {
        get;
        private protected set
        {
            field = value;
            InputSpec = InputSpec with { Rank = 1 + value.Count, Axes = string.Join(", ", value.Prepend("batch")) };
        }
    } = ["features"];

    /// <summary>The shape of a step's output for that of its input, both with the batch.</summary>
    internal virtual Shape OutputShapeOn(Shape step) => Shape.Create([step.At(0), OutputSize]);

    /// <summary>The <see cref="StateShapes"/> for a step's input, also before the weights are made for it.</summary>
    internal virtual IReadOnlyList<Shape> StateShapesOn(Shape step) => StateShapes;

    /// <summary>Checks the axes for which states of a fixed size are made; the last axes of the input are those of a step.</summary>
    internal virtual void CheckSizes(Layer layer, Shape input)
    {
    }

    /// <summary>Draws new dropout masks at the next step. <see cref="RNN"/> calls this before each sequence.</summary>
    public virtual void ResetDropoutMask()
    {
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> ComputeOutputShapes(IReadOnlyList<Shape> inputShapes)
    {
        NullCheck.Items(inputShapes);
        CheckInputs(inputShapes, from: null);
        return [OutputShapeOn(inputShapes[0]), .. StateShapesOn(inputShapes[0]).Select(shape => shape.Prepend(inputShapes[0].At(0)))];
    }

    /// <summary>One step: output and new states from input (batch, features) and states (batch, units).</summary>
    protected abstract (Tensor Output, Tensors States) Step(Tensor input, Tensors states, bool training);

    /// <summary>
    /// What a step looks like inside, for <see cref="RNN.Trace(Tensor, Tensors?)"/>: names and tensors of shape (batch, units). By default
    /// the new states, and the output where it is not one of them; a cell with gates of its own adds them.
    /// </summary>
    /// <param name="input">What the step reads, (batch, features).</param>
    /// <param name="states">The states before the step.</param>
    /// <param name="output">What the step gives.</param>
    /// <param name="next">The states after the step.</param>
    protected internal virtual IReadOnlyList<(string Name, Tensor Value)> Record(Tensor input, Tensors states, Tensor output, Tensors next)
    {
        ArgumentNullException.ThrowIfNull(next);
        var seen = next.Select((state, i) => (next.Count == 1 ? "state" : FormattableString.Invariant($"state {i + 1}"), Flat(state)));
        return next.Contains(output) ? [.. seen] : [("output", output), .. seen];
    }

    /// <summary>A recording has a row for each number of a matrix.</summary>
    private protected static Tensor Flat(Tensor state) => state.Rank > 2 ? state.Reshape(state.Shape[0], -1) : state;

    /// <summary>The cell as a layer: <c>cell.ApplyAll([x, h, c])</c> gives the output and then the new states.</summary>
    protected override Tensors CallAll(Tensors inputs, bool training)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var (output, states) = Step(inputs[0], new Tensors([.. inputs.Skip(1)]), training);
        return new Tensors([output, .. states]);
    }

    /// <summary>One step, without the checks of a layer's call: the loop over a sequence has made them once.</summary>
    internal (Tensor Output, Tensors States) StepUnchecked(Tensor input, Tensors states, bool training) =>
        Step(input, states, training);

    /// <summary>
    /// A new cell with the same arguments and weights of its own, which <see cref="Bidirectional"/> asks for; null, as by
    /// default, where there can be none: give Bidirectional a backwardLayer then.
    /// </summary>
    protected internal virtual RNNCell? Copy() => null;

    /// <summary>How the cell is written, for advice.</summary>
    internal virtual string Construction => $"new {GetType().Name}(…)";

    /// <summary>The cells that make a step one after the other: this one alone, by default.</summary>
    internal virtual IReadOnlyList<RNNCell> Parts => [this];

    /// <summary>How a drawing calls the states.</summary>
    internal virtual string StateWord => StateSize.Count == 1 ? "h" : "states";

    /// <summary>A copy that is frozen where this is.</summary>
    internal RNNCell? TrainableCopy()
    {
        var copy = Copy();
        copy?.FreezeLike(this);
        return copy;
    }

    internal override void CheckInputs(IReadOnlyList<Shape> inputShapes, ITensorSource? from)
    {
        var isAlone = inputShapes.Count == 1 && StateSize.Count > 0;
        var advice = $" A cell makes one step; to run it over a sequence, wrap the cell in RNN: new RNN({Construction}).";
        if (isAlone && inputShapes[0].Rank > 1 + StepAxes.Count)
        {
            throw new ArgumentException(
                $"{Name} expects {1 + StepAxes.Count} axes (batch, {string.Join(", ", StepAxes)}) and its states, but got {inputShapes[0]}.{advice}");
        }

        base.CheckInputs(inputShapes, from);
        CheckSizes(this, inputShapes[0]);
        if (isAlone)
            throw new ArgumentException($"{Name} takes an input and {StateSize.Count} states but got one tensor.{advice}");
        if (inputShapes.Count != 1 + StateSize.Count)
            throw new ArgumentException($"{Name} takes an input and {StateSize.Count} states but got {inputShapes.Count} tensors.");
    }

    internal override void CheckInput(Shape inputShape) => CheckInputs([inputShape], from: null);

    /// <summary>Makes the weights for <see cref="RNN"/>, which brings the states itself.</summary>
    internal void EnsureBuiltForSteps(Shape inputShape) =>
        EnsureBuilt([inputShape, .. StateShapesOn(inputShape).Select(shape => shape.Prepend(inputShape.At(0)))], from: null);
}
