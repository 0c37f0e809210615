using TorchSharp;
using Unroll.TorchSharp.Plans;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Unroll.TorchSharp.Weights;

/// <summary>Weights between a layer, in Keras' layout, and the parameters of a module, in torch's.</summary>
internal static class WeightTransfer
{
    /// <summary>Copies weights into a module's parameters; the second bias of torch becomes zeros.</summary>
    /// <exception cref="ArgumentException">A parameter is missing, or has another shape; nothing is changed then.</exception>
    public static void Give(IReadOnlyList<TorchSharpWeight> weights, torch.nn.Module module, string layer)
    {
        using var scope = torch.NewDisposeScope();
        using var still = torch.no_grad();
        var found = Find(weights, module, layer);
        foreach (var (weight, parameter, added) in found)
        {
            Give(weight, parameter);
            added?.zero_();
        }
    }

    /// <summary>Copies a module's parameters into weights; of torch's two biases the sum.</summary>
    /// <exception cref="ArgumentException">A parameter is missing, or has another shape; nothing is changed then.</exception>
    public static void Take(IReadOnlyList<TorchSharpWeight> weights, torch.nn.Module module, string layer)
    {
        using var scope = torch.NewDisposeScope();
        using var still = torch.no_grad();
        var found = Find(weights, module, layer);
        foreach (var (weight, parameter, added) in found)
            weight.CopyToKeras(added is null ? parameter : parameter + added, weight.Variable.Writable);
    }

    /// <summary>Copies one weight into its parameter.</summary>
    public static void Give(TorchSharpWeight weight, TorchTensor parameter)
    {
        using var value = weight.Variable.ToTorch();
        Give(weight, value, parameter);
    }

    /// <summary>Copies numbers in Keras' layout into a tensor in torch's.</summary>
    public static void Give(TorchSharpWeight weight, TorchTensor value, TorchTensor parameter)
    {
        using var scope = torch.NewDisposeScope();
        parameter.copy_(weight.FromKeras(value));
    }

    private static List<(TorchSharpWeight Weight, TorchTensor Parameter, TorchTensor? Added)> Find(
        IReadOnlyList<TorchSharpWeight> weights, torch.nn.Module module, string layer)
    {
        var known = module.state_dict();
        return
        [
            .. weights.Select(weight => (
                weight,
                Lookup(known, weight, weight.Key, layer),
                weight.AddedKey is null ? null : Lookup(known, weight, weight.AddedKey, layer))),
        ];
    }

    private static TorchTensor Lookup(Dictionary<string, TorchTensor> known, TorchSharpWeight weight, string key, string layer)
    {
        // A cell's parameters are called as those of a layer, without its number.
        string[] names = [key, key.Replace("_l0", "", StringComparison.Ordinal), $"{key}_l0"];
        var found = names.Where(known.ContainsKey).Select(name => known[name]).FirstOrDefault() ?? throw new ArgumentException(
            $"{layer}: the module has no parameter {key}, which is {weight.Variable.Name} {weight.Variable.Shape}. It has {string.Join(", ", known.Keys)}.");
        return found.shape.SequenceEqual(weight.TorchShape)
            ? found
            : throw new ArgumentException(
                $"{layer}: {weight.Variable.Name} {weight.Variable.Shape} is ({string.Join(", ", weight.TorchShape)}) in torch, " +
                $"but the module's {key} has shape ({string.Join(", ", found.shape)}).");
    }
}
