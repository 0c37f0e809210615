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
    /// <param name="returnState">Whether <c>ApplyAll</c> gives the last states behind the output.</param>
    /// <param name="goBackwards">Whether to go from the last step to the first; a sequence comes out in that order.</param>
    /// <param name="stateful">Whether a batch begins with the states that the last one ended with.</param>
    /// <param name="timeMajor">Whether input and sequence are (time, batch, features). Keras 3 dropped it.</param>
    /// <param name="inputShape">The shape of one sample, (time, features), where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    public RNN(
        RNNCell cell,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false,
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
        TimeMajor = timeMajor;
        InputSpec = timeMajor ? InputSpec.Sequence with { Axes = "time, batch, features" } : InputSpec.Sequence;
    }

    /// <summary>Makes the layer of several cells on top of each other; the arguments are Keras'.</summary>
    /// <inheritdoc cref="RNN(RNNCell, bool, bool, bool, bool, bool, Shape?, string?)"/>
    public RNN(
        IReadOnlyList<RNNCell> cells,
        bool returnSequences = false,
        bool returnState = false,
        bool goBackwards = false,
        bool stateful = false,
        bool timeMajor = false,
        Shape? inputShape = null,
        string? name = null)
        : this(new StackedRNNCells(cells), returnSequences, returnState, goBackwards, stateful, timeMajor, inputShape, name)
    {
    }

    /// <summary>The cell that makes one step.</summary>
    public RNNCell Cell { get; }

    /// <summary>Whether the output of every step is given.</summary>
    public bool ReturnSequences { get; }

    /// <summary>Whether the last states are given behind the output.</summary>
    public bool ReturnState { get; }

    /// <summary>Whether the layer goes from the last step to the first.</summary>
    public bool GoBackwards { get; }

    /// <summary>Whether a batch begins with the states that the last one ended with.</summary>
    public bool Stateful { get; }

    /// <summary>Whether time is the first axis.</summary>
    public bool TimeMajor { get; }

    /// <summary>
    /// The states, each (batch, units), that a stateful layer begins its next batch with; null before the first batch and
    /// after a reset. Keras: on a layer that is not stateful they are kept and never used; give <c>initialState</c> at the
    /// call instead.
    /// </summary>
    public Tensors? States { get; set; }

    internal override bool CanReturnSequences => !ReturnSequences;

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
        Apply(KerasTensors.Create([input, .. initialState ?? throw new ArgumentNullException(nameof(initialState))]));

    /// <summary>Places the layer in a graph, beginning with the given states, and returns output and states.</summary>
    public KerasTensors ApplyAll(KerasTensor input, KerasTensors initialState) =>
        ApplyAll(KerasTensors.Create([input, .. initialState ?? throw new ArgumentNullException(nameof(initialState))]));

    /// <summary>Forgets what a stateful layer keeps: the next batch begins with zeros.</summary>
    /// <exception cref="InvalidOperationException">The layer is not stateful.</exception>
    public void ResetStates()
    {
        if (!Stateful) throw new InvalidOperationException($"{Name} keeps no states. Make it with stateful: true.");
        States = null;
    }

    /// <summary>Sets what a stateful layer begins its next batch with, each (batch, units).</summary>
    /// <exception cref="InvalidOperationException">The layer is not stateful.</exception>
    public void ResetStates(Tensors states)
    {
        ArgumentNullException.ThrowIfNull(states);
        ResetStates();
        CheckStates(states, states.Count > 0 && states[0].Rank > 0 ? states[0].Shape[0] : 1);
        States = Copies(states);
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> ComputeOutputShapes(IReadOnlyList<Shape> inputShapes)
    {
        ArgumentNullException.ThrowIfNull(inputShapes);
        CheckStateCount(inputShapes.Count - 1);
        var batch = inputShapes[0].At(BatchAxis);
        Shape output = ReturnSequences ? inputShapes[0].With(2, Cell.OutputSize) : [batch, Cell.OutputSize];
        return ReturnState ? [output, .. Cell.StateSize.Select(units => Shape.Create([batch, units]))] : [output];
    }

    /// <inheritdoc/>
    protected override void Build(Shape inputShape)
    {
        if (Stateful && inputShape.At(BatchAxis) is null)
        {
            throw new ArgumentException(
                $"{Name} is stateful and must know the batch size. Begin the model with new Input([…], batchSize: …).");
        }

        Cell.EnsureBuilt([inputShape.Without(TimeAxis)], from: null);
        InputSpec = InputSpec with { Features = inputShape[2] };
    }

    /// <inheritdoc/>
    protected override Tensors CallAll(Tensors inputs, bool training)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var input = inputs[0];
        CheckStateCount(inputs.Count - 1);
        var initial = InitialStates(input, inputs.Skip(1).ToArray());
        Cell.ResetDropoutMask();
        var (output, states) = Run(input, initial, training);
        if (Stateful) States = Copies(states);
        return ReturnState ? new Tensors([output, .. states]) : output;
    }

    /// <summary>The states a call begins with: the given ones, else those that were kept, else zeros.</summary>
    private Tensors InitialStates(Tensor input, Tensors given)
    {
        var batch = input.Shape[BatchAxis];
        if (input.Shape[TimeAxis] == 0) throw new ArgumentException($"{Name} got no time step: {input.Shape}.");
        var kept = Stateful ? States : null;
        if (kept is not null && kept[0].Shape[0] != batch)
        {
            throw new ArgumentException(
                $"{Name} is stateful and keeps states for a batch of {kept[0].Shape[0]} but got a batch of {batch}: {input.Shape}. " +
                "Use batches of one size, or call ResetStates() first.");
        }

        var initial = given.Count > 0 ? given : kept ?? Cell.GetInitialState(batch);
        CheckStates(initial, batch);
        return initial;
    }

    /// <summary>Runs the cell over the sequence: the output as asked for, and the last states.</summary>
    private protected virtual (Tensor Output, Tensors States) Run(Tensor input, Tensors states, bool training)
    {
        IEnumerable<Tensor> steps = input.Unstack(TimeAxis);
        if (GoBackwards) steps = steps.Reverse();
        var outputs = new List<Tensor>();
        foreach (var step in steps)
        {
            (var output, states) = Cell.StepUnchecked(step, states, training);
            outputs.Add(output);
        }

        return (ReturnSequences ? Tensor.Stack(outputs, TimeAxis) : outputs[^1], states);
    }

    /// <summary>A layer with the same arguments, new weights, another name and direction, for Bidirectional.</summary>
    internal virtual RNN Clone(string name, bool goBackwards) =>
        new(Cell.Clone(), ReturnSequences, ReturnState, goBackwards, Stateful, TimeMajor, InputShape, name);

    private static Tensors WithStates(Tensor input, Tensors states)
    {
        ArgumentNullException.ThrowIfNull(states);
        return new Tensors([input, .. states]);
    }

    private static Tensors Copies(Tensors states) => new([.. states.Select(state => state.Copy())]);

    private void CheckStateCount(int count)
    {
        if (count != 0 && count != Cell.StateSize.Count) throw WrongStateCount(count);
    }

    private ArgumentException WrongStateCount(int count) => new(
        $"{Name} has {Cell.StateSize.Count} states ({StateShapes("batch")}) but initialState holds {count}.");

    private void CheckStates(Tensors states, int batch)
    {
        if (states.Count == 0) throw WrongStateCount(0);
        CheckStateCount(states.Count);
        for (var i = 0; i < states.Count; i++)
        {
            if (states[i].Shape != Shape.Of(batch, Cell.StateSize[i]))
            {
                throw new ArgumentException(
                    $"{Name}: initial state {i} has shape {states[i].Shape} but ({batch}, {Cell.StateSize[i]}) is expected: (batch, units).");
            }
        }
    }

    private string StateShapes(string batch) => string.Join(", ", Cell.StateSize.Select(units => $"({batch}, {units})"));
}
