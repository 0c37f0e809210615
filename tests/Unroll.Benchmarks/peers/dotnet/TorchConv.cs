using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Unroll.Benchmarks.Peers;

/// <summary>nn.Conv1d with padding "same", on (batch, features, time).</summary>
internal sealed class TorchConv : TorchPart
{
    private readonly Conv1d _conv;

    public TorchConv(LayerRequest layer)
    {
        _conv = nn.Conv1d(layer.Inputs, layer.Units, layer.Size, padding: Padding.Same);
        TorchWeights.Fill(() =>
        {
            // Keras has (size, inputs, filters).
            _conv.weight.copy_(tensor(layer.Weights[0], [layer.Size, layer.Inputs, layer.Units]).permute(2, 1, 0));
            _conv.bias!.copy_(tensor(layer.Weights[1]));
        });
    }

    public override long[] Order => [0, 2, 1];

    public override IEnumerable<Parameter> Weights => _conv.parameters();

    public override torch.Tensor All(torch.Tensor x) => _conv.call(x);

    public override torch.Tensor Pooled(torch.Tensor x) => All(x).mean([2L]);
}
