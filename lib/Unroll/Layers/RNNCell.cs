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

    /// <summary>The number of units in the output; by default that of the first state.</summary>
    public virtual int OutputSize => StateSize[0];

    /// <summary>The states before the first step: zeros of shape (batch, units).</summary>
    public virtual Tensors GetInitialState(int batchSize) =>
        new([.. StateSize.Select(units => Tensor.Zeros(batchSize, units))]);

    /// <summary>Draws new dropout masks at the next step. <see cref="RNN"/> calls this before each sequence.</summary>
    public virtual void ResetDropoutMask()
    {
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> ComputeOutputShapes(IReadOnlyList<Shape> inputShapes)
    {
        ArgumentNullException.ThrowIfNull(inputShapes);
        var batch = inputShapes[0].At(0);
        return [Shape.Create([batch, OutputSize]), .. StateSize.Select(units => Shape.Create([batch, units]))];
    }

    /// <summary>One step: output and new states from input (batch, features) and states (batch, units).</summary>
    protected abstract (Tensor Output, Tensors States) Step(Tensor input, Tensors states, bool training);

    /// <summary>
    /// What a step looks like inside, for <see cref="RNN.Trace(Tensor, Tensors?)"/>: names and tensors of shape (batch, units). By default
    /// the new states, and the output where it is none of them; a cell with gates of its own adds them.
    /// </summary>
    /// <param name="input">What the step reads, (batch, features).</param>
    /// <param name="states">The states before the step.</param>
    /// <param name="output">What the step gives.</param>
    /// <param name="next">The states behind the step.</param>
    protected internal virtual IReadOnlyList<(string Name, Tensor Value)> Look(Tensor input, Tensors states, Tensor output, Tensors next)
    {
        ArgumentNullException.ThrowIfNull(next);
        var seen = next.Select((state, i) => (next.Count == 1 ? "state" : FormattableString.Invariant($"state {i + 1}"), state));
        return next.Contains(output) ? [.. seen] : [("output", output), .. seen];
    }

    /// <summary>The cell as a layer: <c>cell.ApplyAll([x, h, c])</c> gives the output and then the new states.</summary>
    protected override Tensors CallAll(Tensors inputs, bool training)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (inputs.Count != 1 + StateSize.Count)
            throw new ArgumentException($"{Name} takes an input and {StateSize.Count} states but got {inputs.Count} tensors.");
        var (output, states) = Step(inputs[0], inputs.Skip(1).ToArray(), training);
        return new Tensors([output, .. states]);
    }

    /// <summary>One step, without the checks of a layer's call: the loop over a sequence has made them once.</summary>
    internal (Tensor Output, Tensors States) StepUnchecked(Tensor input, Tensors states, bool training) =>
        Step(input, states, training);

    /// <summary>A cell with the same arguments and new weights.</summary>
    internal virtual RNNCell Clone() => throw new NotSupportedException(
        $"A {GetType().Name} cannot be copied for the other direction. Give Bidirectional a backwardLayer of its own.");
}
