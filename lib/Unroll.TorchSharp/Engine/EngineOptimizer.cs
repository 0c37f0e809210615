using TorchSharp;
using Unroll.TorchSharp.Weights;
using Unroll.Training;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Unroll.TorchSharp.Engine;

/// <summary>
/// An optimizer's steps on the device, in Keras' form. What it keeps for each weight lies there too, in torch's layout, until
/// somebody steps with the optimizer elsewhere, who then fetches it.
/// </summary>
internal sealed class EngineOptimizer
{
    private readonly Optimizer _optimizer;
    private readonly OptimizerRule _rule;
    private readonly Dictionary<(TorchSharpWeight Weight, string Name), TorchTensor> _slots = [];
    private int _iterations;

    public EngineOptimizer(Optimizer optimizer)
    {
        _optimizer = optimizer;
        _rule = OptimizerRules.Of(optimizer);
        _iterations = optimizer.Iterations - 1;
    }

    /// <summary>Makes one step.</summary>
    public void Step(IReadOnlyList<(EngineWeight Weight, TorchTensor Gradient)> reached)
    {
        using var still = torch.no_grad();
        if (_iterations != _optimizer.Iterations)
            Forget();
        _optimizer.SlotsElsewhere = Fetch;
        var gradients = OptimizerRules.Clipped(_optimizer.Clipping, [.. reached.Select(pair => pair.Gradient)]);
        foreach (var ((weight, _), gradient) in reached.Zip(gradients))
        {
            if (_optimizer.DecayOf(weight.Variable) is var decay and > 0)
                weight.Parameter.mul_((float)(1 - decay));
            _rule(weight.Parameter, gradient, name => Slot(weight, name));
            weight.MarkTrained();
        }

        _optimizer.CountStep();
        _iterations = _optimizer.Iterations;
    }

    /// <summary>Steps were made elsewhere: what lies here is out of date.</summary>
    private void Forget()
    {
        _optimizer.FetchSlots();
        foreach (var value in _slots.Values)
            value.Dispose();
        _slots.Clear();
    }

    private TorchTensor Slot(EngineWeight weight, string name)
    {
        if (_slots.TryGetValue((weight.Weight, name), out var known))
            return known;
        var slot = torch.full_like(weight.Parameter, _optimizer.FirstOf(name)).DetachFromDisposeScope();
        if (_optimizer.HasSlot(weight.Variable, name))
        {
            using var kept = Tensor.FromSpan(_optimizer.SlotOf(weight.Variable, name), weight.Variable.Shape).ToTorch();
            WeightTransfer.Give(weight.Weight, kept, slot);
        }

        _slots.Add((weight.Weight, name), slot);
        return slot;
    }

    private void Fetch()
    {
        using var still = torch.no_grad();
        foreach (var ((weight, name), value) in _slots)
            weight.CopyToKeras(value, _optimizer.SlotOf(weight.Variable, name));
    }
}
