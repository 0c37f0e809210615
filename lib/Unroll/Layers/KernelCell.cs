using Unroll.Compute.Recurrent;

namespace Unroll.Layers;

/// <summary>
/// A cell with a kernel for its input, one for its state, and a bias: <see cref="LSTMCell"/>, <see cref="GRUCell"/> and
/// <see cref="SimpleRNNCell"/>. Their weights hold their gates side by side: kernel (features, gates·units), recurrent kernel
/// (units, gates·units), bias (gates·units,).
/// </summary>
public abstract class KernelCell : StandardCell
{
    private readonly int _gates;
    private Tensor? _inputMask;
    private Tensor? _recurrentMask;

    private protected KernelCell(
        int units,
        int gates,
        ActivationFunction? activation,
        bool useBias,
        WeightRule kernel,
        WeightRule recurrentKernel,
        WeightRule bias,
        double dropout,
        double recurrentDropout,
        string? name)
        : base(activation, useBias, kernel, recurrentKernel, bias, dropout, recurrentDropout, name)
    {
        Units = Arguments.Units(units, gates, Name);
        _gates = gates;
    }

    /// <summary>The length of each state, and of the output.</summary>
    public int Units { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<int> StateSize => [Units];

    internal Variable Kernel { get; private set; } = null!;

    internal Variable RecurrentKernel { get; private set; } = null!;

    internal Variable? Bias { get; private set; }

    /// <summary>The kernel that makes the same steps at once; null where there is none for these arguments.</summary>
    internal abstract RecurrentKernel? Fused { get; }

    /// <summary>The weights as that kernel reads them.</summary>
    internal KeptWeights KeptWeights { get; } = new();

    /// <inheritdoc/>
    public override void ResetDropoutMask() => _inputMask = _recurrentMask = null;

    /// <inheritdoc/>
    protected override void Build(Shape inputShape)
    {
        ArgumentNullException.ThrowIfNull(inputShape);
        var features = inputShape[^1];
        Kernel = AddRuled("kernel", [features, _gates * Units], KernelRule);
        RecurrentKernel = AddRuled("recurrent_kernel", [Units, _gates * Units], RecurrentRule);
        if (UseBias)
            Bias = AddBias(BiasRule);
        InputSpec = InputSpec with { Features = features };
    }

    private protected virtual Variable AddBias(WeightRule rule) => AddRuled("bias", [_gates * Units], rule);

    /// <summary>The input of a step, after dropout.</summary>
    private protected Tensor Dropped(Tensor input, bool training) =>
        training && Dropout > 0 ? input * InputMask(input.Shape) : input;

    /// <summary>h as the gates see it, after dropout.</summary>
    private protected Tensor DroppedState(Tensor h, bool training) =>
        training && RecurrentDropout > 0 ? h * (_recurrentMask ??= Layers.Dropout.Mask(h.Shape, RecurrentDropout)) : h;

    /// <summary>The mask of this sequence, of shape (batch, features).</summary>
    internal Tensor InputMask(Shape shape) => _inputMask ??= Layers.Dropout.Mask(shape, Dropout);

    internal override string Construction => $"new {GetType().Name}({Units})";

    /// <inheritdoc/>
    protected internal override RNNCell? Copy() => Copy(Session.Current.UniqueName(GetType()));

    internal KernelCell Copy(string name)
    {
        var copy = Same(name);
        copy.FreezeLike(this);
        return copy;
    }

    /// <summary>A cell with the same arguments under another name.</summary>
    private protected abstract KernelCell Same(string name);
}
