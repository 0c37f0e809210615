using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.utils.rnn;

namespace Unroll.Benchmarks.Peers;

/// <summary>nn.LSTM, nn.GRU or nn.RNN, of one layer or several, the time axis first.</summary>
internal sealed class TorchRecurrent : TorchPart
{
    private readonly nn.Module _module;
    private readonly int _directions;
    private readonly bool _keepsStates;
    private readonly torch.Tensor? _lengths;
    private (torch.Tensor H, torch.Tensor C)? _states;

    public TorchRecurrent(Request request, LayerRequest layer)
    {
        var (inputs, units, count, both) = (layer.Inputs, layer.Units, layer.Count, layer.Directions == 2);
        // Where the gates stand in Keras: its LSTM's i, f, c, o are libtorch's i, f, g, o; its GRU's z, r, h are r, z, n.
        (_module, var gates) = layer.Kind switch
        {
            "lstm" => ((nn.Module)nn.LSTM(inputs, units, count, bidirectional: both), new[] { 0, 1, 2, 3 }),
            "gru" => (nn.GRU(inputs, units, count, bidirectional: both), [1, 0, 2]),
            "rnn" => (nn.RNN(inputs, units, count, bidirectional: both), [0]),
            _ => throw new NotSupportedException($"There is no {layer.Kind} here."),
        };
        _directions = layer.Directions;
        _keepsStates = request.IsStream;
        _lengths = request.Lengths is { } lengths ? tensor(lengths, dtype: ScalarType.Int64) : null;
        using (no_grad())
        {
            for (var i = 0; i < count * _directions; i++)
            {
                var name = $"l{i / _directions}{(i % _directions == 1 ? "_reverse" : "")}";
                Set($"weight_ih_{name}", Turned(layer.Weights[3 * i], gates));
                Set($"weight_hh_{name}", Turned(layer.Weights[3 * i + 1], gates));
                var biases = Turned(layer.Weights[3 * i + 2], gates);
                Set($"bias_ih_{name}", biases[.., 0]);
                // Keras' GRU has two biases, the others one; a second one would train twice as fast.
                if (biases.shape[1] == 2)
                    Set($"bias_hh_{name}", biases[.., 1]);
                else
                {
                    _module.get_parameter($"bias_hh_{name}")!.zero_();
                    _module.get_parameter($"bias_hh_{name}")!.requires_grad = false;
                }
            }
        }

        // (rows, gates · units) becomes (gates · units, rows), the gates in libtorch's order.
        torch.Tensor Turned(float[] values, int[] gates) =>
            cat([.. gates.Select(gate => tensor(values, [values.Length / (gates.Length * units), gates.Length * units]).chunk(gates.Length, 1)[gate])], 1).t();

        void Set(string name, torch.Tensor values) => _module.get_parameter(name)!.copy_(values);
    }

    public override long[] Order => [1, 0, 2];

    public override IEnumerable<Parameter> Weights => _module.parameters().Where(weight => weight.requires_grad);

    public override torch.Tensor All(torch.Tensor x)
    {
        if (_lengths is null)
            return Run(x).Sequence;
        var packed = pack_padded_sequence(x, _lengths, enforce_sorted: false);
        return pad_packed_sequence(Packed(packed).Sequence, total_length: x.shape[0]).Item1;
    }

    public override torch.Tensor Pooled(torch.Tensor x)
    {
        var h = _lengths is null ? Run(x).H : Packed(pack_padded_sequence(x, _lengths, enforce_sorted: false)).H;
        return _directions == 1 ? h[-1] : cat([h[-2], h[-1]], 1);
    }

    private (torch.Tensor Sequence, torch.Tensor H) Run(torch.Tensor x)
    {
        if (_module is not LSTM lstm)
            return _module is GRU gru ? gru.call(x) : ((RNN)_module).call(x);
        var (sequence, h, c) = lstm.call(x, _states);
        if (!_keepsStates)
            return (sequence, h);
        _states?.H.Dispose();
        _states?.C.Dispose();
        _states = (h.DetachFromDisposeScope(), c.DetachFromDisposeScope());
        return (sequence, h);
    }

    private (PackedSequence Sequence, torch.Tensor H) Packed(PackedSequence x)
    {
        if (_module is not LSTM lstm)
            return _module is GRU gru ? gru.call(x) : ((RNN)_module).call(x);
        var (sequence, h, _) = lstm.call(x);
        return (sequence, h);
    }
}
