namespace Unroll.Layers;

/// <summary>
/// Runs a recurrent layer from both ends of a sequence and merges the two outputs. With returnState the states follow the
/// output, those of the forward layer first; initial states are given in the same order.
/// </summary>
/// <remarks>
/// Both layers pass masked steps over, and give zeros for them in a sequence, which has the mask of the input.
/// </remarks>
public sealed class Bidirectional : Layer
{
    private static readonly Dictionary<string, Func<Tensor, Tensor, Tensor>> Merges = new(StringComparer.Ordinal)
    {
        ["concat"] = (forward, backward) => Tensor.Concat([forward, backward], axis: -1),
        ["sum"] = (forward, backward) => forward + backward,
        ["mul"] = (forward, backward) => forward * backward,
        ["ave"] = (forward, backward) => (forward + backward) * 0.5f,
    };

    private readonly Func<Tensor, Tensor, Tensor>? _merge;

    /// <summary>Wraps a recurrent layer: <c>new Bidirectional(new LSTM(32))</c>.</summary>
    /// <param name="layer">
    /// The layer to run forwards. Keras: it is made again under the name <c>forward_…</c>, with new weights.
    /// </param>
    /// <param name="mergeMode">
    /// <c>concat</c>, <c>sum</c>, <c>mul</c>, <c>ave</c>; null to give both outputs, through <c>ApplyAll</c>.
    /// </param>
    /// <param name="backwardLayer">
    /// The layer to run backwards, made with goBackwards: true. Default: a copy of the layer. A layer with a cell of your own
    /// that overrides no <see cref="RNNCell.Copy"/> needs it, and then runs forwards itself, uncopied.
    /// </param>
    /// <param name="inputShape">The shape of one sample, (time, features), where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    /// <exception cref="ArgumentException">mergeMode is unknown, or the two layers do not go together.</exception>
    /// <exception cref="NotSupportedException">The layer cannot be copied, and there is no backwardLayer.</exception>
    public Bidirectional(
        RNN layer, string? mergeMode = "concat", RNN? backwardLayer = null, Shape? inputShape = null, string? name = null)
        : base(name, inputShape ?? layer?.InputShape)
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (mergeMode is not null)
            _merge = NearestName.Find(Merges, mergeMode, "mergeMode");
        MergeMode = mergeMode;
        ForwardLayer = Track(layer.TrainableCopy($"forward_{layer.Name}", layer.GoBackwards) ?? (backwardLayer is null ? throw NoCopy(layer) : layer));
        BackwardLayer = Track(backwardLayer ?? layer.TrainableCopy($"backward_{layer.Name}", !layer.GoBackwards) ?? throw NoCopy(layer));
        CheckPair();

        // Keras: both layers give zeros for masked steps where they give sequences, whatever was asked.
        ForwardLayer.ZeroOutputForMask = ForwardLayer.ReturnSequences;
        BackwardLayer.ZeroOutputForMask = BackwardLayer.ReturnSequences;
        InputSpec = ForwardLayer.InputSpec with { Features = null };
    }

    /// <summary>How the two outputs are merged; null where both are given.</summary>
    public string? MergeMode { get; }

    /// <summary>The layer that runs forwards.</summary>
    public RNN ForwardLayer { get; }

    /// <summary>The layer that runs backwards.</summary>
    public RNN BackwardLayer { get; }

    internal override bool CanReturnSequences => !ForwardLayer.ReturnSequences;

    internal override int? OutputCount => (_merge is null ? 2 : 1) + (ForwardLayer.ReturnState ? StateCount : 0);

    internal override string ExplainOutputs(int count, int wanted) => base.ExplainOutputs(count, wanted) +
        (ForwardLayer.ReturnState ? "" : " Set returnState: true on the layer within to get its last states too.");

    internal override string OneOutputAdvice => _merge is null
        ? $"Make {Name} with a mergeMode, such as \"concat\", and returnState: false."
        : ForwardLayer.OneOutputAdvice;

    internal override string Kind => $"{ClassName} · 2 × {UnitsWord(ForwardLayer.Cell.OutputSize)}";

    internal override IReadOnlyList<RNN> Directions => [ForwardLayer, BackwardLayer];

    internal override string? DirectionsMerge => MergeMode;

    internal override bool MakesMasks => false;

    private int ForwardStates => ForwardLayer.Cell.StateSize.Count;

    private int StateCount => ForwardStates + BackwardLayer.Cell.StateSize.Count;

    /// <summary>Calls the layer on data, beginning with the given states: forward ones, then backward ones.</summary>
    public Tensor Apply(Tensor input, Tensors initialState, bool training = false) =>
        Apply(RNN.WithStates(input, initialState), training);

    /// <summary>Calls the layer on data, beginning with the given states, and returns output and states.</summary>
    public Tensors ApplyAll(Tensor input, Tensors initialState, bool training = false) =>
        ApplyAll(RNN.WithStates(input, initialState), training);

    /// <summary>
    /// Runs both directions on data and keeps what their cells do at each step, the forward layer's first. See
    /// <see cref="RNN.Trace(Tensor, Tensors?)"/>.
    /// </summary>
    public Recording Trace(Tensor input, Tensors? initialState = null)
    {
        ArgumentNullException.ThrowIfNull(input);
        EnsureBuilt([input.Shape], from: null);
        CheckStateCount(initialState?.Count ?? 0);
        IReadOnlyList<Tensor> states = initialState ?? new Tensors([]);
        var forward = ForwardLayer.Trace(input, new Tensors([.. states.Take(ForwardStates)]));
        var backward = BackwardLayer.Trace(input, new Tensors([.. states.Skip(ForwardStates)]));
        return new Recording(Name, [.. forward.Named(ForwardLayer.Name), .. backward.Named(BackwardLayer.Name)]);
    }

    /// <summary>Forgets what stateful layers keep.</summary>
    public void ResetStates()
    {
        ForwardLayer.ResetStates();
        BackwardLayer.ResetStates();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> ComputeOutputShapes(IReadOnlyList<Shape> inputShapes)
    {
        NullCheck.Items(inputShapes);
        CheckInputs(inputShapes, from: null);
        var hasStates = inputShapes.Count > 1;
        var forward = ForwardLayer.OutputShapes([.. inputShapes.Take(hasStates ? 1 + ForwardStates : 1)]);
        var backward = BackwardLayer.OutputShapes([inputShapes[0], .. inputShapes.Skip(1 + ForwardStates)]);
        IEnumerable<Shape> outputs = MergeMode switch
        {
            null => [forward[0], backward[0]],
            "concat" => [forward[0].With(forward[0].Rank - 1, Width(forward[0], backward[0]))],
            _ => [forward[0]],
        };
        return [.. outputs, .. forward.Skip(1), .. backward.Skip(1)];
    }

    /// <summary>A sequence has the mask of the input, both of them where they are not merged; a last output and states have none.</summary>
    protected override IReadOnlyList<Tensor?> ComputeMask(Tensors inputs, IReadOnlyList<Tensor?> previousMask)
    {
        ArgumentNullException.ThrowIfNull(previousMask);
        if (!ForwardLayer.ReturnSequences)
            return [];
        return _merge is null ? [previousMask[0], previousMask[0]] : [previousMask[0]];
    }

    /// <inheritdoc/>
    protected override void Build(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        ForwardLayer.EnsureBuilt([inputShape], from: null);
        BackwardLayer.EnsureBuilt([inputShape], from: null);
        InputSpec = InputSpec with { Features = inputShape[^1] };
    }

    /// <inheritdoc/>
    protected override Tensors CallAll(Tensors inputs, bool training)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        var hasStates = inputs.Count > 1;
        var forward = ForwardLayer.ApplyAll(hasStates ? new Tensors([.. inputs.Take(1 + ForwardStates)]) : inputs, training);
        var backward = BackwardLayer.ApplyAll(hasStates ? new Tensors([inputs[0], .. inputs.Skip(1 + ForwardStates)]) : inputs, training);

        // The backward sequence came out from last to first; turn it round so that the steps stand side by side.
        var (timeAxis, isSequence) = (ForwardLayer.TimeMajor ? 0 : 1, ForwardLayer.ReturnSequences);
        if (isSequence && MergeMode == "concat")
            return new Tensors([Tensor.BesideTurned(forward[0], backward[0], timeAxis), .. forward.Skip(1), .. backward.Skip(1)]);
        var turned = isSequence ? backward[0].Flip(timeAxis) : backward[0];
        Tensor[] outputs = _merge is null ? [forward[0], turned] : [_merge(forward[0], turned)];
        return new Tensors([.. outputs, .. forward.Skip(1), .. backward.Skip(1)]);
    }

    private void CheckPair()
    {
        var (f, b) = (ForwardLayer, BackwardLayer);
        if (f.GoBackwards == b.GoBackwards)
            throw new ArgumentException($"{Name}: backwardLayer must go the other way: make it with goBackwards: {(!f.GoBackwards ? "true" : "false")}.");
        if ((f.ReturnSequences, f.ReturnState, f.Stateful, f.TimeMajor) != (b.ReturnSequences, b.ReturnState, b.Stateful, b.TimeMajor))
        {
            throw new ArgumentException(
                $"{Name}: both layers need the same returnSequences, returnState, stateful and timeMajor.");
        }

        var (units, others) = (f.Cell.OutputSize, b.Cell.OutputSize);
        if (units != others && MergeMode is not null and not "concat")
        {
            throw new ArgumentException(
                $"{Name}: mergeMode \"{MergeMode}\" needs outputs of one size, but {f.Name} gives {units} units and {b.Name} {others}. " +
                "Give both the same units, or use mergeMode: \"concat\".");
        }
    }

    internal override void CheckInputs(IReadOnlyList<Shape> inputShapes, ITensorSource? from)
    {
        base.CheckInputs(inputShapes, from);
        CheckStateCount(inputShapes.Count - 1);
    }

    private int Width(Shape forward, Shape backward) =>
        Arguments.Length((long)forward[^1] + backward[^1], Name, "the last axis, both outputs side by side,");

    private static NotSupportedException NoCopy(RNN layer) => new(
        $"A {(layer.GetType() == typeof(RNN) ? layer.Cell.GetType() : layer.GetType()).Name} cannot be copied for the other direction. " +
        "Give Bidirectional a backwardLayer of its own.");

    private void CheckStateCount(int count)
    {
        if (count != 0 && count != StateCount)
            throw new ArgumentException($"{Name} has {StateCount} states, forward ones first, but initialState holds {count}.");
    }
}
