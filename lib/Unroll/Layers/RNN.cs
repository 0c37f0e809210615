namespace Unroll.Layers;

/// <summary>
/// Runs a cell over the time steps of a sequence: (batch, time, features) becomes (batch, units), or
/// (batch, time, units) with returnSequences. The readable way: one step at a time, through ordinary operations.
/// </summary>
public partial class RNN : Layer
{
    /// <summary>Makes the layer; the arguments are Keras'.</summary>
    /// <param name="cell">The cell that makes one step.</param>
    /// <param name="returnSequences">Whether to give the output of every step, not of the last one alone.</param>
    /// <param name="returnState">Whether <c>ApplyAll</c> gives the last states after the output.</param>
    /// <param name="goBackwards">Whether to go from the last step to the first; a sequence comes out in that order.</param>
    /// <param name="stateful">Whether a batch begins with the states that the last one ended with.</param>
    /// <param name="unroll">As in Keras it changes no number; here it changes nothing, since no graph is compiled.</param>
    /// <param name="zeroOutputForMask">Whether a masked step gives zeros, not the output before it.</param>
    /// <param name="timeMajor">Whether input and sequence are (time, batch, features). Keras 3 dropped it.</param>
    /// <param name="inputShape">The shape of one sample, (time, features), where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    public RNN(
        RNNCell cell,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false,
        bool unroll = false,
        bool zeroOutputForMask = false,
        bool timeMajor = false,
        Shape? inputShape = null,
        string? name = null)
        : base(name, inputShape)
    {
        ArgumentNullException.ThrowIfNull(cell);
        Cell = Track(cell);
        ReturnSequences = returnSequences;
        ReturnState = returnState;
        GoBackwards = goBackwards;
        Stateful = stateful;
        Unroll = unroll;
        ZeroOutputForMask = zeroOutputForMask;
        TimeMajor = timeMajor;
        InputSpec = new InputSpec(
            Rank: 2 + cell.StepAxes.Count,
            Axes: $"{(timeMajor ? "time, batch" : "batch, time")}, {string.Join(", ", cell.StepAxes)}",
            NeedsFeatures: true);
    }

    /// <summary>Makes the layer of several cells on top of each other; the arguments are Keras'.</summary>
    /// <inheritdoc cref="RNN(RNNCell, bool, bool, bool, bool, bool, bool, bool, Shape?, string?)"/>
    public RNN(
        IReadOnlyList<RNNCell> cells,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false,
        bool unroll = false,
        bool zeroOutputForMask = false,
        bool timeMajor = false,
        Shape? inputShape = null,
        string? name = null)
        : this(new StackedRNNCells(cells), returnSequences, returnState, goBackwards, stateful, unroll, zeroOutputForMask, timeMajor, inputShape, name)
    {
    }

    /// <summary>The cell that makes one step.</summary>
    public RNNCell Cell { get; }

    /// <summary>The cells that make a step one after the other: those of a stack, or one alone.</summary>
    public IReadOnlyList<RNNCell> Cells => Cell is StackedRNNCells stack ? stack.Cells : [Cell];

    /// <summary>Whether the output of every step is given.</summary>
    public bool ReturnSequences { get; }

    /// <summary>Whether the last states are given after the output.</summary>
    public bool ReturnState { get; }

    /// <summary>Whether the layer goes from the last step to the first.</summary>
    public bool GoBackwards { get; }

    /// <summary>Whether a batch begins with the states that the last one ended with.</summary>
    public bool Stateful { get; }

    /// <summary>Kept as it was given; it changes nothing.</summary>
    public bool Unroll { get; }

    /// <summary>Whether a masked step gives zeros, not the output before it.</summary>
    public bool ZeroOutputForMask { get; internal set; }

    /// <summary>Whether time is the first axis.</summary>
    public bool TimeMajor { get; }

    internal override bool CanReturnSequences => !ReturnSequences;

    internal override int? OutputCount => ReturnState ? 1 + Cell.StateSize.Count : 1;

    internal override bool IsBoundToBatch => Stateful || base.IsBoundToBatch;

    internal override string OneOutputAdvice => ReturnState
        ? $"Make {Name} with returnState: false, or take one: var (output, …) = {Name}.ApplyAll(x)."
        : base.OneOutputAdvice;

    internal override string Kind => $"{ClassName} · {string.Join(" + ", Cell.Parts.Select(cell => cell.OutputSize))} units";

    internal override IReadOnlyList<RNN> Directions => [this];

    private int BatchAxis => TimeMajor ? 1 : 0;

    private protected int TimeAxis => TimeMajor ? 0 : 1;

    /// <summary>Calls the layer on data, beginning with the given states, each (batch, units).</summary>
    public Tensor Apply(Tensor input, Tensors initialState, bool training = false) =>
        Apply(WithStates(input, initialState), training);

    /// <summary>Calls the layer on data, beginning with the given states, and returns output and states.</summary>
    public Tensors ApplyAll(Tensor input, Tensors initialState, bool training = false) =>
        ApplyAll(WithStates(input, initialState), training);

    /// <summary>Places the layer in a graph, beginning with the given states.</summary>
    public KerasTensor Apply(KerasTensor input, KerasTensors initialState) =>
        Apply(WithStates(input, initialState));

    /// <summary>Places the layer in a graph, beginning with the given states, and returns output and states.</summary>
    public KerasTensors ApplyAll(KerasTensor input, KerasTensors initialState) =>
        ApplyAll(WithStates(input, initialState));

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> ComputeOutputShapes(IReadOnlyList<Shape> inputShapes)
    {
        NullCheck.Items(inputShapes);
        CheckInputs(inputShapes, from: null);
        var (batch, step) = (inputShapes[0].At(BatchAxis), inputShapes[0].Without(TimeAxis));
        var states = Cell.StateShapesOn(step);
        if (inputShapes.Count > 1)
            CheckStates([.. inputShapes.Skip(1)], states, batch);
        var output = Cell.OutputShapeOn(step);
        if (ReturnSequences)
            output = Shape.Create([inputShapes[0].At(0), inputShapes[0].At(1), .. output.Skip(1)]);
        return ReturnState ? [output, .. states.Select(shape => shape.Prepend(batch))] : [output];
    }

    /// <inheritdoc/>
    protected override void Build(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        if (Stateful && inputShape.At(BatchAxis) is null)
        {
            throw new ArgumentException(
                $"{Name} is stateful and must know the batch size. Begin the model with new Input([…], batchSize: …).");
        }

        Cell.EnsureBuiltForSteps(inputShape.Without(TimeAxis));
        InputSpec = InputSpec with { Features = inputShape[^1] };
    }

    /// <inheritdoc/>
    protected override Tensor Call(Tensor input, bool training) => Infer(input, training) ?? base.Call(input, training);

    /// <inheritdoc/>
    protected override Tensors CallAll(Tensors inputs, bool training)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var input = inputs[0];
        if (inputs.Count == 1 && Infer(input, training) is { } inferred)
            return inferred;
        CheckStateCount(inputs.Count - 1);
        var initial = InitialStates(input, new Tensors([.. inputs.Skip(1)]));
        Cell.ResetDropoutMask();
        var (output, states) = Run(input, initial, CheckedMask(input), training);
        if (Stateful && !ShapeTrial.IsRunning)
            States = states;
        return ReturnState ? new Tensors([output, .. states]) : output;
    }

    /// <summary>
    /// A new layer with the same arguments, weights of its own, and the given name and direction, for
    /// <see cref="Bidirectional"/>; null where there can be none, as for a cell of your own that does not override
    /// <see cref="RNNCell.Copy"/>. A class derived from this one must make its copies itself.
    /// </summary>
    protected virtual RNN? Copy(string name, bool goBackwards) =>
        GetType() == typeof(RNN) && Cell.TrainableCopy() is { } cell
            ? new RNN(cell, ReturnSequences, ReturnState, goBackwards, Stateful, Unroll, ZeroOutputForMask, TimeMajor, InputShape, name)
            : null;

    internal override void CheckInputs(IReadOnlyList<Shape> inputShapes, ITensorSource? from)
    {
        base.CheckInputs(inputShapes, from);
        Cell.CheckSizes(this, inputShapes[0]);
        CheckStateCount(inputShapes.Count - 1);
    }

    internal override void CheckInput(Shape inputShape)
    {
        base.CheckInput(inputShape);
        Cell.CheckSizes(this, inputShape);
    }

    internal override string ExplainOutputs(int count, int wanted)
    {
        var states = Cell.StateSize.Count;
        var all = states > 4
            ? $"var all = …, where all[0] is the output and all[1] to all[{states}] are the states"
            : $"var (output, {string.Join(", ", StateNames)}) = …";
        return count == 1
            ? $"{Name} gives one tensor; set returnState: true to get its last {(states == 1 ? "state" : $"{states} states")} too: {all}. " +
              $"It was taken apart into {wanted}."
            : $"{Name} gives {Counted(count)}, the output and the last states: {all}. They were taken apart into {wanted}.";
    }

    /// <summary>A copy that is frozen where this is.</summary>
    internal RNN? TrainableCopy(string name, bool goBackwards)
    {
        var copy = Copy(name, goBackwards);
        copy?.FreezeLike(this);
        return copy;
    }

    private IEnumerable<string> StateNames => Cell.StateSize.Count switch
    {
        1 => ["state"],
        2 => ["h", "c"],
        var count => Enumerable.Range(1, count).Select(i => $"state{i}"),
    };

    /// <summary>A shorter way for one sequence from zero states, where a layer has one that will do; else null.</summary>
    private protected virtual Tensor? Infer(Tensor input, bool training) => null;

    /// <summary>Runs the cell over the sequence: the output as asked for, and the last states.</summary>
    private protected virtual (Tensor Output, Tensors States) Run(Tensor input, Tensors states, Tensor? mask, bool training)
    {
        var outputs = new List<Tensor>();
        foreach (var (step, counts) in Steps(input, mask))
        {
            var (output, next) = Cell.StepUnchecked(step, states, training);
            if (counts is not null)
                (output, next) = PassedOver(counts, output, ZeroOutputForMask ? null : outputs.LastOrDefault(), states, next);
            states = next;
            outputs.Add(output);
        }

        return (ReturnSequences ? Tensor.Stack(outputs, TimeAxis) : outputs[^1], states);
    }

    internal static Tensors WithStates(Tensor input, Tensors initialState)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(initialState);
        return new Tensors([input, .. initialState]);
    }

    private static KerasTensors WithStates(KerasTensor input, KerasTensors initialState)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(initialState);
        return KerasTensors.Create([input, .. initialState]);
    }
}
