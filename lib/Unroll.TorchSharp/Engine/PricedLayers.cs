using Unroll.Layers;
using Unroll.Models;

namespace Unroll.TorchSharp.Engine;

/// <summary>What layers add to the loss, and what their weights keep to: the managed engine's alone.</summary>
internal static class PricedLayers
{
    /// <summary>Refuses to train, or to compute the loss of, a model with regularizers or constraints.</summary>
    /// <exception cref="NotSupportedException">It has one.</exception>
    public static void Check(Model model, EngineTask task)
    {
        if (task == EngineTask.Predict)
            return;
        var priced = model.Weights.FirstOrDefault(weight => weight.Regularizer is not null || (task != EngineTask.Evaluate && weight.Constraint is not null));
        var active = model.SelfAndWithin().FirstOrDefault(layer => layer.ActivityRegularizer is not null);
        var what = priced is not null ? $"the {(priced.Regularizer is null ? "constraint" : "regularizer")} of {priced.Name}"
            : active is not null ? $"the activityRegularizer of {active.Name}"
            : null;
        if (what is not null)
            throw new NotSupportedException($"{model.Name}: {what} is not supported by the TorchSharp engine. Set Backend.Engine to null, or leave it out.");
    }
}
