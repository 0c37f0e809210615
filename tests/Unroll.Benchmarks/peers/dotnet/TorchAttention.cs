using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Unroll.Benchmarks.Peers;

/// <summary>
/// Attention of a sequence to itself, of several heads: one projection to queries, keys and values, and libtorch's
/// scaled_dot_product_attention, which is faster than nn.MultiheadAttention here.
/// </summary>
internal sealed class TorchAttention : TorchPart
{
    private readonly Linear _in;
    private readonly Linear _out;
    private readonly int _heads;

    public TorchAttention(LayerRequest layer)
    {
        var (size, weights) = (layer.Units, layer.Weights);
        _heads = layer.Size;
        (_in, _out) = (nn.Linear(size, 3 * size), nn.Linear(size, size));
        TorchWeights.Fill(() =>
        {
            // Kernels and biases of query, key, value and output in turn; kernels have the inputs first.
            _in.weight.copy_(cat([.. new[] { 0, 2, 4 }.Select(i => tensor(weights[i], [size, size]).t())]));
            _in.bias!.copy_(cat([.. new[] { 1, 3, 5 }.Select(i => tensor(weights[i]))]));
            _out.weight.copy_(tensor(weights[6], [size, size]).t());
            _out.bias!.copy_(tensor(weights[7]));
        });
    }

    public override long[] Order => [0, 1, 2];

    public override IEnumerable<Parameter> Weights => _in.parameters().Concat(_out.parameters());

    public override torch.Tensor All(torch.Tensor x)
    {
        var (batch, time, size) = (x.shape[0], x.shape[1], x.shape[2]);
        var parts = _in.call(x).view(batch, time, 3, _heads, size / _heads).permute(2, 0, 3, 1, 4);
        var looks = nn.functional.scaled_dot_product_attention(parts[0], parts[1], parts[2]);
        return _out.call(looks.transpose(1, 2).reshape(batch, time, size));
    }

    public override torch.Tensor Pooled(torch.Tensor x) => All(x).mean([1L]);
}
