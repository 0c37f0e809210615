namespace Unroll.Keras.Arrays.Torch;

/// <summary>How a weight of a layer is made of the parameters of a module.</summary>
/// <param name="Weight">The weight.</param>
/// <param name="Parameters">The parameters' names in their module.</param>
/// <param name="Shape">The shape that each of them has.</param>
/// <param name="Convert">What makes the weight of them.</param>
/// <param name="How">The same in words; empty where nothing is changed.</param>
internal sealed record TorchWeight(NamedWeight Weight, IReadOnlyList<string> Parameters, Shape Shape, Func<IReadOnlyList<Tensor>, Tensor> Convert, string How)
{
    /// <summary>A weight that is the parameter as it is.</summary>
    public static TorchWeight Same(NamedWeight weight, string parameter) => new(weight, [parameter], weight.Variable.Shape, all => all[0], "");

    /// <summary>A weight whose axes lie in another order: axis i is the parameter's axis order[i].</summary>
    public static TorchWeight Turned(NamedWeight weight, string parameter, params int[] order)
    {
        var axes = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
            axes[order[i]] = weight.Variable.Shape[i];
        return new(weight, [parameter], axes, all => all[0].Transpose(order), order.Length == 2 ? "transposed" : $"axes {string.Join(", ", order)}");
    }
}
