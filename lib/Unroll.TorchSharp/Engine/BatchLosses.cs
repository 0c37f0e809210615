using TorchSharp;
using Unroll.Models;
using Unroll.Training;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Unroll.TorchSharp.Engine;

/// <summary>The losses of a batch: their values, and what backpropagation starts from.</summary>
/// <param name="truths">The truth in Unroll's tensors.</param>
internal sealed class BatchLosses(Lazy<Tensors> truths)
{
    private readonly List<float> _values = [];
    private readonly List<TorchTensor> _roots = [];
    private readonly List<TorchTensor> _slopes = [];
    private TorchTensor? _sum;

    /// <summary>Adds a loss that torch computed.</summary>
    public void Add(TorchTensor loss)
    {
        _values.Add(loss.item<float>());
        _sum = _sum is null ? loss : _sum + loss;
    }

    /// <summary>Adds a loss that is a function of Unroll's tensors.</summary>
    public void Add(Loss loss, int output, TorchTensor prediction, bool slope)
    {
        var value = prediction.ToUnroll();
        using var tape = new GradientTape();
        tape.Watch(value);
        var result = loss.Call(truths.Value[output], value);
        _values.Add(result.Item());
        if (!slope || tape.Gradient(result, value) is not { } gradient)
            return;
        _roots.Add(prediction);
        _slopes.Add(gradient.ToTorch(prediction.device));
    }

    /// <summary>Goes back from all losses to the parameters.</summary>
    public void Backward()
    {
        if (_sum is not null)
        {
            _roots.Add(_sum);
            _slopes.Add(torch.ones_like(_sum));
        }

        // Where nothing that is trained leads to a loss, there is nothing to go back to.
        var places = Enumerable.Range(0, _roots.Count).Where(i => _roots[i].requires_grad).ToArray();
        if (places.Length > 0)
            torch.autograd.backward([.. places.Select(i => _roots[i])], [.. places.Select(i => _slopes[i])]);
    }

    /// <summary>Losses, and the metrics of each output.</summary>
    public BatchResult Result(Model model, TorchTensor[] outputs) => new()
    {
        Losses = _values,
        Metrics = [.. outputs.Select((output, i) => model.Metrics.Count == 0 ? [] : Metrics(model, output.ToUnroll(), truths.Value[i]))],
    };

    private static float[] Metrics(Model model, Tensor prediction, Tensor truth) => [.. model.Metrics.Select(metric => metric.Call(truth, prediction))];
}
