using TorchSharp;
using Unroll.Models;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Unroll.TorchSharp.Engine;

/// <summary>The way back from the losses, and the change of the weights.</summary>
internal static class EngineStep
{
    public static void Make(Model model, IReadOnlyList<EngineWeight> trained, EngineOptimizer optimizer, BatchLosses losses, string where)
    {
        if (trained.Count == 0)
            return;
        losses.Backward();
        try
        {
            (EngineWeight Weight, TorchTensor Gradient)[] reached =
                [.. trained.Select(weight => (weight, weight.Parameter.grad)).Where(pair => pair.grad is not null).Select(pair => (pair.weight, pair.grad!))];
            if (reached.Length == 0)
                throw new ArgumentException($"No gradient came for any of {string.Join(", ", trained.Select(weight => weight.Variable.Name))}.");
            CheckFinite(model, reached, where);
            optimizer.Step(reached);
        }
        finally
        {
            foreach (var weight in trained)
                weight.Parameter.grad = null;
        }
    }

    /// <summary>A sum is finite where its numbers are, or nearly always: one look at the device, and a second where it is not.</summary>
    private static void CheckFinite(Model model, IReadOnlyList<(EngineWeight Weight, TorchTensor Gradient)> reached, string where)
    {
        using var still = torch.no_grad();
        if (float.IsFinite(torch.stack(reached.Select(pair => pair.Gradient.sum())).sum().item<float>()))
            return;
        foreach (var (weight, gradient) in reached)
        {
            if (!gradient.isfinite().all().item<bool>())
                throw model.NotFinite($"gradient of {weight.Variable.Name}", gradient.isnan().any().item<bool>(), where);
        }
    }
}
