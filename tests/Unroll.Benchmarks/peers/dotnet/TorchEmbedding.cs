using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Unroll.Benchmarks.Peers;

/// <summary>nn.Embedding on words of any order.</summary>
internal sealed class TorchEmbedding : TorchPart
{
    private readonly Embedding _embedding;

    public TorchEmbedding(LayerRequest layer)
    {
        _embedding = nn.Embedding(layer.Inputs, layer.Units);
        TorchWeights.Fill(() => _embedding.weight!.copy_(tensor(layer.Weights[0], [layer.Inputs, layer.Units])));
    }

    public override long[] Order => [0, 1, 2];

    public override IEnumerable<Parameter> Weights => _embedding.parameters();

    public override torch.Tensor All(torch.Tensor x) => _embedding.call(x);

    public override torch.Tensor Pooled(torch.Tensor x) => throw new NotSupportedException("An embedding is not the last layer here.");
}
