using TorchSharp;
using Unroll.Layers;
using Unroll.Models;
using Unroll.TorchSharp.Conversions;
using Unroll.TorchSharp.Plans;
using Unroll.TorchSharp.Weights;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Unroll.TorchSharp.Engine;

/// <summary>A model's module on the engine's device, in step with the model's weights and states.</summary>
internal sealed class EngineModel : IDisposable
{
    private readonly Graph _graph;
    private readonly torch.Device _device;
    private readonly EngineWeight[] _weights;
    private readonly ILookup<Variable, EngineWeight> _byVariable;

    public EngineModel(Model model, torch.Device device)
    {
        _graph = Nested.GraphOf(model);
        _device = device;
        var plan = LayerConversions.PlanOf(model);
        Module = new TorchSharpModule(plan);
        Module.to(device);
        Module.eval();
        var parameters = Module.named_parameters().ToDictionary(pair => pair.name, pair => pair.parameter, StringComparer.Ordinal);
        _weights = [.. plan.Weights.Select(weight => new EngineWeight(
            weight,
            parameters.GetValueOrDefault(weight.Key) ?? throw new ArgumentException(
                $"{model.Name}: its module has no parameter {weight.Key} for {weight.Variable.Name}. It has {string.Join(", ", parameters.Keys)}.")))];
        _byVariable = _weights.ToLookup(weight => weight.Variable);
    }

    public TorchSharpModule Module { get; }

    public Plan Plan => Module.Plan;

    /// <summary>Whether the module is still what the model is: a layer may have been added, or an axis become unknown.</summary>
    public bool IsOf(Model model) => model.LayerGraph == _graph;

    /// <summary>Brings weights that changed, and the states, from the model.</summary>
    public void TakeOver()
    {
        using var still = torch.no_grad();
        foreach (var weight in _weights)
            weight.TakeOver();
        foreach (var state in Plan.States)
            state.TakeFromLayers(_device);
    }

    /// <summary>Brings weights that were trained, and the states, to the model.</summary>
    public void HandBack()
    {
        using var still = torch.no_grad();
        foreach (var weight in _weights)
            weight.HandBack();
        foreach (var layer in Plan.States.SelectMany(state => state.Layers).Distinct())
        {
            var states = Plan.States.SelectMany(state => state.ForLayers()).Where(state => state.Layer == layer).OrderBy(state => state.Place);
            Tensor[] values = [.. states.Select(state => state.Value)];
            layer.States = values.Length == 0 ? null : new Tensors(values);
        }
    }

    /// <summary>The weights that training changes; torch records gradients for these alone.</summary>
    public IReadOnlyList<EngineWeight> Trained(Model model)
    {
        EngineWeight[] trained = [.. model.TrainableWeights.SelectMany(variable => _byVariable[variable])];
        foreach (var weight in _weights)
            weight.Parameter.requires_grad = Array.IndexOf(trained, weight) >= 0;
        return trained;
    }

    /// <summary>The outputs for a batch.</summary>
    public TorchTensor[] Forward(TorchTensor[] inputs, bool training)
    {
        if (Module.training != training)
            Module.train(training);
        CheckKept((int)inputs[0].shape[0]);
        return Module.ForwardAll(inputs);
    }

    public void Dispose() => Module.Dispose();

    private void CheckKept(int batch)
    {
        foreach (var state in Plan.States)
        {
            if (state.Kept is var (h, _) && h.shape[1] != batch && state.Layers.FirstOrDefault(layer => !layer.TimeMajor) is { } layer)
                layer.CheckKept(Shape.Create([batch, null, null]));
        }
    }
}
