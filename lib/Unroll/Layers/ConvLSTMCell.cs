namespace Unroll.Layers;

/// <summary>
/// One step of a convolutional LSTM (Shi and others, 2015, without their peepholes):
/// <code>
/// i, f, g, o = split(conv(x, kernel) + bias + conv(h, recurrentKernel), 4)
/// c' = σ(f) * c + σ(i) * tanh(g)
/// h' = σ(o) * tanh(c')
/// </code>
/// The states h and c have the shape of the first convolution's output; the second one is padded to leave it as it is. Weights
/// as in Keras: kernel (…size, channels, 4·filters), recurrent kernel (…size, filters, 4·filters), bias (4·filters,), gates in
/// the order input, forget, cell, output.
/// </summary>
public abstract class ConvLSTMCell : StandardCell
{
    private const int GateCount = 4;
    private readonly Convolution _convolution;
    private readonly Convolution _recurrentConvolution;
    private Variable _kernel = null!;
    private Variable _recurrentKernel = null!;
    private Variable? _bias;
    private Shape? _sample;
    private Tensor[]? _inputMasks;
    private Tensor[]? _recurrentMasks;

    private protected ConvLSTMCell(
        int filters,
        IReadOnlyList<string> stepAxes,
        Convolution convolution,
        Convolution recurrentConvolution,
        ActivationFunction? activation,
        ActivationFunction? recurrentActivation,
        bool useBias,
        WeightRule kernel,
        WeightRule recurrentKernel,
        WeightRule bias,
        bool unitForgetBias,
        double dropout,
        double recurrentDropout,
        string name)
        : base(activation, useBias, kernel, recurrentKernel, bias, dropout, recurrentDropout, name)
    {
        StepAxes = stepAxes;
        Filters = Arguments.Units(filters, GateCount, Name);
        (_convolution, _recurrentConvolution) = (convolution, recurrentConvolution);
        RecurrentActivation = recurrentActivation ?? ActivationFunction.Sigmoid;
        UnitForgetBias = unitForgetBias;
    }

    /// <summary>The length of the last axis of each state, and of the output.</summary>
    public int Filters { get; }

    /// <summary>The function of the three gates.</summary>
    public ActivationFunction RecurrentActivation { get; }

    /// <summary>Whether the forget gate's bias starts at 1.</summary>
    public bool UnitForgetBias { get; }

    /// <summary><c>valid</c>, or <c>same</c> for zeros around the input.</summary>
    public string Padding => _convolution.Padding.Name;

    /// <summary>The number of filters of h and of c; <see cref="StateShapes"/> has their other axes.</summary>
    public override IReadOnlyList<int> StateSize => [Filters, Filters];

    /// <summary>The shapes of h and of c of one sample; their sizes are not known before the weights are made.</summary>
    public override IReadOnlyList<Shape> StateShapes => _sample is { } sample
        ? StateShapesOn(sample.Prepend(null))
        : [.. StateSize.Select(filters => Shape.Create([.. StepAxes.Skip(1).Select(_ => (int?)null), filters]))];

    internal override string ShortName => "ConvLSTM";

    internal override string StateWord => "h, c";

    internal override IReadOnlyList<string> WeightParts => ["input", "forget", "candidate", "output"];

    /// <inheritdoc/>
    public override Tensors GetInitialState(int batchSize)
    {
        CheckBuilt(nameof(GetInitialState));
        return base.GetInitialState(batchSize);
    }

    /// <inheritdoc/>
    public override void ResetDropoutMask() => _inputMasks = _recurrentMasks = null;

    /// <inheritdoc/>
    protected override void Build(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        var sample = inputShape.From(1);
        if (!sample.IsKnown)
        {
            throw new ArgumentException(
                $"{Name} makes its states for the size of its input, but got {inputShape} at a step. Give its {string.Join(", ", StepAxes)} lengths " +
                $"where the model begins: new Input([…, {string.Join(", ", StepAxes)}]).");
        }

        _convolution.OutputShape(inputShape, Filters);
        _kernel = AddRuled("kernel", _convolution.KernelShape(sample[^1], GateCount * Filters), KernelRule);
        _recurrentKernel = AddRuled("recurrent_kernel", _recurrentConvolution.KernelShape(Filters, GateCount * Filters), RecurrentRule);
        if (UseBias)
        {
            _bias = AddRuled("bias", [GateCount * Filters], BiasRule);
            if (UnitForgetBias)
                _bias.Writable.Slice(Filters, Filters).Fill(1);
        }

        _sample = sample;
        InputSpec = InputSpec with { Features = sample[^1] };
    }

    /// <inheritdoc/>
    protected override (Tensor Output, Tensors States) Step(Tensor input, Tensors states, bool training)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(states);
        var (h, c) = (states[0], states[1]);
        var (i, f, g, o) = Gates(input, h, training);
        c = f * c + i * g;
        h = o * Activation.Of(c);
        return (h, [h, c]);
    }

    /// <summary>
    /// The gates of a step: <c>input</c>, <c>forget</c>, <c>candidate</c>, <c>output</c>; the states: <c>h</c>, <c>c</c>; of each
    /// all numbers of a sample side by side.
    /// </summary>
    protected internal override IReadOnlyList<(string Name, Tensor Value)> Record(Tensor input, Tensors states, Tensor output, Tensors next)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(states);
        ArgumentNullException.ThrowIfNull(next);
        var (i, f, g, o) = Gates(input, states[0], training: false);
        return
        [
            ("input", Flat(i)), ("forget", Flat(f)), ("candidate", Flat(g)), ("output", Flat(o)), ("c", Flat(next[1])), ("h", Flat(next[0])),
        ];
    }

    private (Tensor I, Tensor F, Tensor G, Tensor O) Gates(Tensor input, Tensor h, bool training)
    {
        var z = training && Dropout > 0
            ? Dropped(_convolution, input, _kernel, _inputMasks ??= Masks(input, Dropout))
            : _convolution.Of(input, _kernel.Value);
        if (_bias is not null)
            z += _bias;
        z += training && RecurrentDropout > 0
            ? Dropped(_recurrentConvolution, h, _recurrentKernel, _recurrentMasks ??= Masks(h, RecurrentDropout))
            : _recurrentConvolution.Of(h, _recurrentKernel.Value);
        var (i, f, g, o) = z.Split(GateCount, axis: -1);
        return (RecurrentActivation.Of(i), RecurrentActivation.Of(f), Activation.Of(g), RecurrentActivation.Of(o));
    }

    /// <summary>Each gate sees the input through a mask of its own.</summary>
    private static Tensor Dropped(Convolution convolution, Tensor input, Variable kernel, Tensor[] masks) => Tensor.Concat(
        [.. kernel.Value.Split(GateCount, axis: -1).Zip(masks, (part, mask) => convolution.Of(input * mask, part))], axis: -1);

    private static Tensor[] Masks(Tensor like, double rate) =>
        [.. Enumerable.Range(0, GateCount).Select(_ => Layers.Dropout.Mask(like.Shape, rate))];

    internal override Shape OutputShapeOn(Shape step) => _convolution.OutputShape(step, Filters);

    internal override IReadOnlyList<Shape> StateShapesOn(Shape step)
    {
        var state = OutputShapeOn(step).From(1);
        return [state, state];
    }

    internal override void CheckSizes(Layer layer, Shape input)
    {
        if (_sample is { } sample && !sample.Accepts(input.From(input.Rank - sample.Rank)))
        {
            throw new ArgumentException(
                $"{layer.Name} expects {string.Join(", ", StepAxes)} of {sample} but got {input}. Its states are made for that size; " +
                "give it such input, or make a new layer.");
        }
    }

    /// <inheritdoc/>
    protected internal override RNNCell? Copy() => Copy(Session.Current.UniqueName(GetType()));

    internal ConvLSTMCell Copy(string name)
    {
        var copy = Same(name);
        copy.FreezeLike(this);
        return copy;
    }

    /// <summary>A cell with the same arguments under another name.</summary>
    private protected abstract ConvLSTMCell Same(string name);
}
