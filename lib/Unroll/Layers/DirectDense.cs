using System.Numerics.Tensors;
using Unroll.Compute;

namespace Unroll.Layers;

/// <summary>A training step of <see cref="Dense"/> with a function whose slope its result tells: linear, tanh, sigmoid, relu.</summary>
internal sealed class DirectDense : DirectStep
{
    private readonly Variable _kernel;
    private readonly Variable? _bias;
    private readonly string _activation;
    private readonly Tensor _output;
    private readonly Tensor _dKernel;
    private readonly Tensor? _dBias;
    private readonly Tensor? _dX;
    private readonly int _rows;

    public DirectDense(Variable kernel, Variable? bias, string activation, Shape input, bool wantsInput)
    {
        (_kernel, _bias, _activation) = (kernel, bias, activation);
        _rows = input.Without(input.Rank - 1).Size;
        _output = Tensor.Unwritten(input.With(input.Rank - 1, Units));
        _dKernel = Tensor.Unwritten(kernel.Shape);
        _dX = wantsInput ? Tensor.Unwritten(input) : null;
        Weights = [(kernel, _dKernel)];
        if (bias is null)
            return;
        _dBias = Tensor.Unwritten(bias.Shape);
        Weights = [.. Weights, (bias, _dBias)];
    }

    public override Tensor Output => _output;

    public override IReadOnlyList<(Variable Weight, Tensor Gradient)> Weights { get; }

    public override long Size => (long)_rows * (Features + 2 * Units);

    private int Features => _kernel.Shape[0];

    private int Units => _kernel.Shape[1];

    /// <summary>Whether the function is one of those whose slope is known here.</summary>
    public static bool Knows(ActivationFunction activation) => activation.IsOwn && activation.Name is "linear" or "tanh" or "sigmoid" or "relu";

    public override void Forward(Tensor input)
    {
        var y = _output.Values;
        MatrixProduct.Multiply(input.Values, _kernel.Readable, y, _rows, Features, Units);
        for (var row = 0; row < _rows && _bias is not null; row++)
        {
            var line = y.Slice(row * Units, Units);
            TensorPrimitives.Add(line, _bias.Readable, line);
        }

        switch (_activation)
        {
            case "tanh":
                ActivationKernels.Tanh(y, y);
                break;
            case "sigmoid":
                ActivationKernels.Sigmoid(y, y);
                break;
            case "relu":
                TensorPrimitives.Max(y, 0f, y);
                break;
        }
    }

    public override Tensor? Backward(Tensor input, Tensor gradient)
    {
        Span<float> g = gradient.Values, y = _output.Values;
        for (var i = 0; i < g.Length && _activation != "linear"; i++)
        {
            g[i] = _activation switch
            {
                "tanh" => g[i] * (1 - y[i] * y[i]),
                "sigmoid" => g[i] * y[i] * (1 - y[i]),
                _ => y[i] > 0 ? g[i] : 0,
            };
        }

        MatrixProduct.MultiplyTransposedLeft(input.Values, g, _dKernel.Values, Features, _rows, Units);
        if (_dBias is not null)
            Sums.OfColumns(g, Units, _dBias.Values);
        if (_dX is not null)
            MatrixProduct.MultiplyTransposedRight(g, _kernel.Readable, _dX.Values, _rows, Units, Features);
        return _dX;
    }
}
