using TorchSharp;
using Unroll.Models;
using Unroll.Training;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Unroll.TorchSharp.Engine;

/// <summary>The losses of a model on the device: the library's own by torch, one of the user's by its function and its slope.</summary>
internal sealed class EngineLosses(Model model)
{
    private const double Epsilon = BinaryCrossentropy.Epsilon;

    /// <summary>The loss of each output of a batch.</summary>
    /// <param name="outputs">What the module gave.</param>
    /// <param name="truths">The truth on the device.</param>
    /// <param name="managed">The truth and its weights in Unroll's tensors.</param>
    /// <param name="isWeighted">Whether samples have weights: the library's own loss then computes, not torch's.</param>
    /// <param name="slopes">Whether the slopes of losses of the user's are needed.</param>
    public BatchLosses Of(TorchTensor[] outputs, TorchTensor[] truths, Func<Samples> managed, bool isWeighted, bool slopes)
    {
        var all = new BatchLosses(new Lazy<Samples>(managed));
        for (var i = 0; i < outputs.Length; i++)
        {
            var loss = model.LossFor(i);
            if (!isWeighted && Torch(loss, truths[i], outputs[i]) is { } value)
                all.Add(value, model.LossWeight(i));
            else
                all.Add(loss, model.LossWeight(i), i, outputs[i], slopes);
        }

        return all;
    }

    private static TorchTensor? Torch(Loss loss, TorchTensor y, TorchTensor p) => loss switch
    {
        MeanSquaredError => (p - y).square().mean(),
        MeanAbsoluteError => (p - y).abs().mean(),
        BinaryCrossentropy { FromLogits: true, LabelSmoothing: 0 } => (torch.nn.functional.softplus(p) - p * y).mean(),
        BinaryCrossentropy { LabelSmoothing: 0 } => Binary(y, p.clamp(Epsilon, 1 - Epsilon)),
        CategoricalCrossentropy { FromLogits: true, LabelSmoothing: 0 } => -(y * p.log_softmax(-1)).sum(-1).mean(),
        CategoricalCrossentropy { LabelSmoothing: 0 } => -(y * (p / p.sum(-1, keepdim: true)).clamp(Epsilon, 1 - Epsilon).log()).sum(-1).mean(),
        _ => null,
    };

    private static TorchTensor Binary(TorchTensor y, TorchTensor p) => -(y * p.log() + (1 - y) * (1 - p).log()).mean();
}
