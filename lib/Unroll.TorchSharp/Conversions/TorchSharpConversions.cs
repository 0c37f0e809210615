using System.Collections.Concurrent;
using TorchSharp;
using Unroll.Layers;
using Unroll.TorchSharp.Conversions;
using Unroll.TorchSharp.Plans;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Unroll.TorchSharp;

/// <summary>Conversions of layers of your own to modules of TorchSharp's.</summary>
public static class TorchSharpConversions
{
    private static readonly ConcurrentDictionary<Type, LayerConversion> Own = new();

    /// <summary>
    /// Says which module a layer becomes in <c>ToTorchSharp</c>, in <c>ToTorchSharpCode</c> and on the engine. It counts for
    /// this class alone, not for those derived from it, and comes before the library's own conversion.
    /// </summary>
    /// <example><code>
    /// TorchSharpConversions.Register&lt;Scale&gt;(
    ///     layer => new ScaleModule(),
    ///     layer => [new TorchSharpWeight(layer.Weights[0], "factor")],
    ///     layer => "new ScaleModule()");
    /// </code></example>
    /// <typeparam name="TLayer">The class of the layer, which has one input and one output.</typeparam>
    /// <param name="module">Makes the module.</param>
    /// <param name="weights">
    /// The parameter of each of the layer's weights, by its name in the module. A layer with weights needs it.
    /// </param>
    /// <param name="code">The C# expression that makes the module. <c>ToTorchSharpCode</c> needs it.</param>
    public static void Register<TLayer>(
        Func<TLayer, torch.nn.Module<TorchTensor, TorchTensor>> module,
        Func<TLayer, IReadOnlyList<TorchSharpWeight>>? weights = null,
        Func<TLayer, string>? code = null)
        where TLayer : Layer
    {
        ArgumentNullException.ThrowIfNull(module);
        Own[typeof(TLayer)] = (plan, layer, inputs) => Convert(plan, (TLayer)layer, inputs, module, weights, code);
    }

    internal static LayerConversion? Find(Type type) => Own.GetValueOrDefault(type);

    private static Value[] Convert<TLayer>(
        PlanBuilder plan,
        TLayer layer,
        IReadOnlyList<Value> inputs,
        Func<TLayer, torch.nn.Module<TorchTensor, TorchTensor>> module,
        Func<TLayer, IReadOnlyList<TorchSharpWeight>>? weights,
        Func<TLayer, string>? code)
        where TLayer : Layer
    {
        if (inputs.Count != 1)
            throw Refusal.Of(layer, $"a call with {inputs.Count} inputs", "a registered module takes one.");
        var given = weights?.Invoke(layer) ?? [];
        if (layer.Weights.Except(given.Select(weight => weight.Variable)).FirstOrDefault() is { } missing)
            throw Refusal.Of(layer, $"weight {missing.Name}", "its conversion names no parameter for it. Give Register the weights too.");
        var part = plan.PartOf(layer, "", name => new Part(
            name, "Module<Tensor, Tensor>", code?.Invoke(layer), () => module(layer), given, layer));

        // The graph knows the rank of the output.
        return
        [
            plan.Map(inputs[0], inputs[0].Rank, x => ((torch.nn.Module<TorchTensor, TorchTensor>)part.Module).call(x), x => $"{part.Name}.call({x})"),
        ];
    }
}
