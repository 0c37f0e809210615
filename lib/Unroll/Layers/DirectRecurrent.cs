using Unroll.Compute.Recurrent;

namespace Unroll.Layers;

/// <summary>A training step of a fused recurrent layer that begins with zeros.</summary>
internal sealed class DirectRecurrent : DirectStep
{
    private readonly KernelCell _cell;
    private readonly RecurrentKernel _kernel;
    private readonly RecurrentLayout _layout;
    private readonly RecurrentTape _tape;
    private readonly Tensor? _sequence;
    private readonly Tensor _h;
    private readonly float[] _c;
    private readonly float[] _zeros;
    private readonly float[] _dH0;
    private readonly float[] _dC0;
    private readonly Tensor _dKernel;
    private readonly Tensor _dRecurrent;
    private readonly Tensor? _dBias;
    private readonly Tensor? _dX;

    public DirectRecurrent(KernelCell cell, RecurrentLayout layout, Shape input, bool returnsSequences, bool wantsInput)
    {
        (_cell, _kernel, _layout) = (cell, cell.Fused!, layout);
        _tape = _kernel.NewTape(layout);
        _sequence = returnsSequences ? Tensor.Unwritten(input.With(2, layout.Units)) : null;
        _h = Tensor.Unwritten(Shape.Of(layout.Batch, layout.Units));
        var cells = _kernel.HasCellState ? _h.Size : 0;
        (_c, _zeros, _dH0, _dC0) = (new float[cells], new float[_h.Size], new float[_h.Size], new float[cells]);
        (_dKernel, _dRecurrent) = (Tensor.Unwritten(cell.Kernel.Shape), Tensor.Unwritten(cell.RecurrentKernel.Shape));
        _dX = wantsInput ? Tensor.Unwritten(input) : null;
        Weights = [(cell.Kernel, _dKernel), (cell.RecurrentKernel, _dRecurrent)];
        if (cell.Bias is null)
            return;
        _dBias = Tensor.Unwritten(cell.Bias.Shape);
        Weights = [.. Weights, (cell.Bias, _dBias)];
    }

    public override Tensor Output => _sequence ?? _h;

    public override IReadOnlyList<(Variable Weight, Tensor Gradient)> Weights { get; }

    public override long Size => (long)_layout.Rows * (_layout.Depth + 3 * _layout.Width);

    public override void Forward(Tensor input) => _kernel.Forward(_layout, Inputs(input), _tape, new RecurrentOutputs
    {
        Sequence = _sequence is null ? [] : _sequence.Values,
        H = _h.Values,
        C = _c,
    });

    public override Tensor? Backward(Tensor input, Tensor gradient)
    {
        var outgoing = _sequence is null ? new RecurrentOutputs { H = gradient.Values } : new RecurrentOutputs { Sequence = gradient.Values };
        _kernel.Backward(_layout, Inputs(input), _tape, outgoing, new RecurrentGradients
        {
            X = _dX is null ? [] : _dX.Values,
            H0 = _dH0,
            C0 = _dC0,
            Kernel = _dKernel.Values,
            RecurrentKernel = _dRecurrent.Values,
            Bias = _dBias is null ? [] : _dBias.Values,
        });
        return _dX;
    }

    private RecurrentInputs Inputs(Tensor x) => new()
    {
        X = x.Values,
        H0 = _zeros,
        C0 = _kernel.HasCellState ? _zeros : [],
        Kernel = _cell.Kernel.Readable,
        RecurrentKernel = _cell.RecurrentKernel.Readable,
        Bias = _cell.Bias is null ? [] : _cell.Bias.Readable,
    };
}
