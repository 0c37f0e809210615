using TorchSharp;
using Unroll.TorchSharp;
using Unroll.TorchSharp.Conversions;
using Unroll.TorchSharp.Source;
using Unroll.TorchSharp.Weights;

namespace Unroll.Models;

/// <summary>Models as modules of TorchSharp's, and as their source.</summary>
public static class TorchSharpModels
{
    /// <summary>The model as a module of TorchSharp's own modules, with its weights, in evaluation mode.</summary>
    /// <param name="model">The model, which must know its input.</param>
    /// <param name="device">Where it lies, <c>"cpu"</c> or <c>"cuda:0"</c>. Default: the CPU.</param>
    /// <exception cref="NotSupportedException">TorchSharp cannot express a layer or an argument; names both.</exception>
    /// <exception cref="DllNotFoundException">libtorch is not there, or cannot be loaded; says what is needed.</exception>
    public static TorchSharpModule ToTorchSharp(this Model model, torch.Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        var plan = LayerConversions.PlanOf(model);
        TorchSharpNatives.Load();
        var module = new TorchSharpModule(plan);
        WeightTransfer.Give(plan.Weights, module, model.Name);
        module.eval();
        if (device is not null)
            module.to(device);
        return module;
    }

    /// <summary>
    /// The C# source of the module, as a user of TorchSharp would write it: a class with a field for each of TorchSharp's
    /// modules and a forward method. Its <c>state_dict</c> has the keys of <see cref="ToTorchSharp"/>, so that
    /// <c>model.ToTorchSharp().save("weights.dat")</c> here and <c>module.load("weights.dat")</c> there carry the weights over.
    /// </summary>
    /// <param name="model">The model, which must know its input.</param>
    /// <param name="className">The name of the class. Default: the model's name in PascalCase.</param>
    /// <param name="namespaceName">The namespace. Default: none.</param>
    /// <exception cref="NotSupportedException">TorchSharp cannot express a layer or an argument; names both.</exception>
    public static string ToTorchSharpCode(this Model model, string? className = null, string? namespaceName = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return ModuleSource.Write(LayerConversions.PlanOf(model), className, namespaceName);
    }
}
