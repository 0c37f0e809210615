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
        TorchWeights.Fill(() =>
        {
            for (var i = 0; i < count * _directions; i++)
                Fill($"l{i / _directions}{(i % _directions == 1 ? "_reverse" : "")}", layer.Weights.Skip(3 * i).Take(3), units, gates);
        });
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

    /// <summary>Keras' (rows, gates · units) becomes (gates · units, rows), the gates in libtorch's order.</summary>
    private void Fill(string name, IEnumerable<float[]> weights, int units, int[] gates)
    {
        torch.Tensor[] turned = [.. weights.Select(Turned)];
        var biases = turned[2];
        var second = _module.get_parameter($"bias_hh_{name}")!;
        _module.get_parameter($"weight_ih_{name}")!.copy_(turned[0]);
        _module.get_parameter($"weight_hh_{name}")!.copy_(turned[1]);
        _module.get_parameter($"bias_ih_{name}")!.copy_(biases[.., 0]);

        // Keras' GRU has two biases, the others one; a second one would train twice as fast.
        second.requires_grad = biases.shape[1] == 2;
        if (second.requires_grad)
            second.copy_(biases[.., 1]);
        else
            second.zero_();

        torch.Tensor Turned(float[] values)
        {
            var parts = tensor(values, [values.Length / (gates.Length * units), gates.Length * units]).chunk(gates.Length, 1);
            return cat([.. gates.Select(gate => parts[gate])], 1).t();
        }
    }
}
