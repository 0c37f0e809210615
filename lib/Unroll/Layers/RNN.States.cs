namespace Unroll.Layers;

/// <content>States: those that a stateful layer keeps, and those that a call begins with.</content>
public partial class RNN
{
    private Tensors? _states;

    // Whether the states are those of the last call, which nobody else has; and those before them, to be written anew.
    private bool _areOwn;
    private Tensors? _spare;

    /// <summary>
    /// The states, each (batch, units), that a stateful layer begins its next batch with; null before the first batch and
    /// after a reset. Keras: on a layer that is not stateful they are kept and never used; give <c>initialState</c> at the
    /// call instead.
    /// </summary>
    /// <remarks>What is set is copied.</remarks>
    public Tensors? States
    {
        get
        {
            // Whoever has them may keep them.
            _areOwn = false;
            return _states;
        }

        set => (_states, _areOwn) = (value is null ? null : Copies(value), false);
    }

    /// <summary>Forgets what a stateful layer keeps: the next batch begins with zeros.</summary>
    /// <exception cref="InvalidOperationException">The layer is not stateful.</exception>
    public void ResetStates()
    {
        CheckStateful();
        States = null;
    }

    /// <summary>Sets what a stateful layer begins its next batch with, each (batch, units).</summary>
    /// <exception cref="InvalidOperationException">The layer is not stateful.</exception>
    public void ResetStates(Tensors states)
    {
        ArgumentNullException.ThrowIfNull(states);
        CheckStateful();
        if (states.Count == 0)
            throw WrongStateCount(0);
        CheckStates([.. states.Select(state => state.Shape)], Cell.StateShapes, states[0].Rank > 0 ? states[0].Shape[0] : 1);
        States = states;
    }

    /// <inheritdoc/>
    protected override void ForgetStates()
    {
        if (Stateful)
            States = null;
        base.ForgetStates();
    }

    internal override IEnumerable<Action> StateKeepers()
    {
        var kept = States;
        return base.StateKeepers().Append(() => States = kept);
    }

    /// <summary>What a stateful layer's call begins with, and where it is to leave what it ends with: a stream's steps take turns.</summary>
    private protected (Tensors Before, Tensors After) NextStates(Tensor input)
    {
        var before = _areOwn && _states![0].Shape[0] == input.Shape[BatchAxis] ? _states : InitialStates(input, Tensors.None);
        var after = _spare is { } spare && spare[0].Shape == before[0].Shape
            ? spare
            : new Tensors([.. before.Select(state => Tensor.Unwritten(state.Shape))]);
        _spare = null;
        return (before, after);
    }

    /// <summary>The next call begins with these.</summary>
    private protected void Advance(Tensors states)
    {
        _spare = _areOwn ? _states : null;
        (_states, _areOwn) = (states, true);
    }

    /// <summary>The states a call begins with: the given ones, else those that were kept, else zeros.</summary>
    private Tensors InitialStates(Tensor input, Tensors given)
    {
        var batch = input.Shape[BatchAxis];
        if (input.Shape[TimeAxis] == 0)
            throw new ArgumentException($"{Name} got no time step: {input.Shape}.");
        CheckKept(input.Shape);
        var kept = Stateful ? _states : null;
        var initial = given.Count > 0 ? given : kept ?? Cell.GetInitialState(batch);
        if (initial.Count == 0)
            throw WrongStateCount(0);
        CheckStates([.. initial.Select(state => state.Shape)], Cell.StateShapes, batch);
        return initial;
    }

    /// <summary>What is kept must be of as many samples as the batch.</summary>
    internal void CheckKept(Shape input)
    {
        if (!Stateful || _states is not { } kept || kept[0].Shape[0] == input[BatchAxis])
            return;
        throw new ArgumentException(
            $"{Name} is stateful and keeps states for a batch of {kept[0].Shape[0]} but got a batch of {input[BatchAxis]}: {input}. " +
            "Use batches of one size, or call ResetStates() first.");
    }

    private static Tensors Copies(Tensors states) => new([.. states.Select(state => state.Copy())]);

    private void CheckStateCount(int count)
    {
        if (count != 0 && count != Cell.StateSize.Count)
            throw WrongStateCount(count);
    }

    private ArgumentException WrongStateCount(int count) => new(
        $"{Name} has {Cell.StateSize.Count} states ({StateShapes("batch")}) but initialState holds {count}.");

    private void CheckStateful()
    {
        if (!Stateful)
            throw new InvalidOperationException($"{Name} keeps no states. Make it with stateful: true.");
    }

    private void CheckStates(IReadOnlyList<Shape> states, IReadOnlyList<Shape> wanted, int? batch)
    {
        CheckStateCount(states.Count);
        for (var i = 0; i < states.Count; i++)
        {
            var expected = wanted[i].Prepend(batch);
            if (expected.Accepts(states[i]))
                continue;
            throw new ArgumentException(
                $"{Name}: initial state {i} has shape {states[i]} but {expected} is expected: {(expected.Rank == 2 ? "(batch, units)" : "the batch first")}." +
                ((states[i].IsKnown && batch is not null) || expected.Rank != 2
                    ? ""
                    : $" Make the layer that gives it with {Cell.StateSize[i]} units, or {Name} with as many as it has."));
        }
    }

    private string StateShapes(string batch)
    {
        return string.Join(", ", Cell.StateShapes.Select(shape => $"({batch}, {string.Join(", ", shape.Select(Word))})"));

        static string Word(int? length) => length is { } known ? FormattableString.Invariant($"{known}") : "…";
    }
}
