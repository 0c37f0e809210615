using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Unroll.Benchmarks.Peers;

/// <summary>One layer as a user of TorchSharp writes it.</summary>
internal abstract class TorchPart
{
    /// <summary>How libtorch likes a sequence best, as an order of the axes batch, time, features; the same order leads back.</summary>
    public abstract long[] Order { get; }

    /// <summary>What is trained.</summary>
    public abstract IEnumerable<Parameter> Weights { get; }

    /// <summary>All outputs.</summary>
    public abstract torch.Tensor All(torch.Tensor x);

    /// <summary>What Dense(1) stands on, (batch, width): the last output, or the mean.</summary>
    public abstract torch.Tensor Pooled(torch.Tensor x);

    public static TorchPart Of(Request request, LayerRequest layer) => layer.Kind switch
    {
        "conv" => new TorchConv(layer),
        "embedding" => new TorchEmbedding(layer),
        "attention" => new TorchAttention(layer),
        _ => new TorchRecurrent(request, layer),
    };
}
