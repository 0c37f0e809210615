namespace Unroll.Layers;

/// <summary>
/// A function as a layer: <c>new Lambda(x => x * 2)</c>. It has no weights; what has some is a class derived from
/// <see cref="Layer"/>.
/// </summary>
public sealed class Lambda : Layer
{
    private readonly Func<Tensors, bool, Tensors> _function;
    private readonly Func<Tensor, Tensor?, Tensor?>? _mask;
    private readonly Shape? _outputShape;
    private readonly bool _givesOne;

    /// <summary>Makes a layer of a function of one tensor, written with tensor operations.</summary>
    /// <param name="function">The function.</param>
    /// <param name="outputShape">The shape of one sample of the output, without the batch. Default: found by a trial call.</param>
    /// <param name="mask">The output's mask, of the input and its mask. Default: a mask that comes ends here, as in Keras.</param>
    /// <param name="inputShape">The shape of one sample, where this is the first layer.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    public Lambda(
        Func<Tensor, Tensor> function,
        Shape? outputShape = null,
        Func<Tensor, Tensor?, Tensor?>? mask = null,
        Shape? inputShape = null,
        string? name = null)
        : this(Single(function), outputShape, mask, inputShape, name, givesOne: true)
    {
    }

    /// <summary>Makes a layer of a function of one tensor and of whether the model is being trained.</summary>
    /// <inheritdoc cref="Lambda(Func{Tensor, Tensor}, Shape?, Func{Tensor, Tensor?, Tensor?}?, Shape?, string?)"/>
    public Lambda(
        Func<Tensor, bool, Tensor> function,
        Shape? outputShape = null,
        Func<Tensor, Tensor?, Tensor?>? mask = null,
        Shape? inputShape = null,
        string? name = null)
        : this(Single(function), outputShape, mask, inputShape, name, givesOne: true)
    {
    }

    private Lambda(
        Func<Tensors, bool, Tensors> function, Shape? outputShape, Func<Tensor, Tensor?, Tensor?>? mask, Shape? inputShape, string? name, bool givesOne)
        : base(name, inputShape)
    {
        (_function, _outputShape, _mask, _givesOne) = (function, outputShape, mask, givesOne);
        SupportsMasking = mask is not null;
    }

    /// <summary>Makes a layer of a function of several tensors: <c>Lambda.OfSeveral(all => all[0] * all[1])</c>.</summary>
    /// <param name="function">The function; it may give several tensors too.</param>
    /// <param name="name">The name, or null for an automatic one.</param>
    public static Lambda OfSeveral(Func<Tensors, Tensors> function, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new Lambda((inputs, _) => function(inputs), null, null, null, name, givesOne: false);
    }

    internal override string ShortName => "f";

    internal override int? OutputCount => _givesOne ? 1 : null;

    internal override bool MakesMasks => _mask is not null;

    /// <inheritdoc/>
    public override IReadOnlyList<Shape> ComputeOutputShapes(IReadOnlyList<Shape> inputShapes)
    {
        NullCheck.Items(inputShapes);
        CheckInputs(inputShapes, from: null);
        return _outputShape is null ? ShapeTrial.Of(this, inputShapes) : [_outputShape.Prepend(inputShapes[0].At(0))];
    }

    /// <inheritdoc/>
    protected override IReadOnlyList<Tensor?> ComputeMask(Tensors inputs, IReadOnlyList<Tensor?> previousMask)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(previousMask);
        return _mask is null ? [] : [_mask(inputs[0], previousMask[0])];
    }

    /// <inheritdoc/>
    protected override Tensors CallAll(Tensors inputs, bool training)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return _function(inputs, training);
    }

    internal override void CheckInputs(IReadOnlyList<Shape> inputShapes, ITensorSource? from)
    {
        base.CheckInputs(inputShapes, from);
        if (_givesOne && inputShapes.Count != 1)
            throw new ArgumentException($"{Name} is a function of one tensor but got {inputShapes.Count}. Lambda.OfSeveral makes one of several.");
    }

    private static Func<Tensors, bool, Tensors> Single(Func<Tensor, Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return (inputs, _) => function(inputs[0])!;
    }

    private static Func<Tensors, bool, Tensors> Single(Func<Tensor, bool, Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return (inputs, training) => function(inputs[0], training)!;
    }
}
