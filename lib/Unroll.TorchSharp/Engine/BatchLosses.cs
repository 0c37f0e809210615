using TorchSharp;
using Unroll.Models;
using Unroll.Training;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Unroll.TorchSharp.Engine;

/// <summary>The losses of a batch: their values, and what backpropagation starts from.</summary>
/// <param name="batch">The truth and its weights in Unroll's tensors.</param>
internal sealed class BatchLosses(Lazy<Samples> batch)
{
    private readonly List<float> _values = [];
    private readonly List<TorchTensor> _roots = [];
    private readonly List<TorchTensor> _slopes = [];
    private TorchTensor? _sum;

    /// <summary>Adds a loss that torch computed.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="weight">How much it counts in the sum.</param>
    public void Add(TorchTensor loss, double weight)
    {
        _values.Add(loss.item<float>());
        var share = weight == 1 ? loss : loss * (float)weight;
        _sum = _sum is null ? share : _sum + share;
    }

    /// <summary>Adds a loss that is a function of Unroll's tensors.</summary>
    public void Add(Loss loss, double weight, int output, TorchTensor prediction, bool slope)
    {
        var value = prediction.ToUnroll();
        using var tape = new GradientTape();
        tape.Watch(value);
        var result = loss.Call(batch.Value.Y[output], value, batch.Value.WeightsOf(output));
        _values.Add(result.Item());
        if (!slope || tape.Gradient(result, value) is not { } gradient)
            return;
        _roots.Add(prediction);
        _slopes.Add((weight == 1 ? gradient : gradient * (float)weight).ToTorch(prediction.device));
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

    /// <summary>Losses, and the outputs where the model has metrics.</summary>
    public BatchResult Result(Model model, TorchTensor[] outputs) => new()
    {
        Losses = _values,
        Outputs = model.AllMetrics.Any() ? new Tensors([.. outputs.Select(output => output.ToUnroll())]) : null,
    };
}
