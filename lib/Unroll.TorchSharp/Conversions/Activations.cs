using TorchSharp;
using Unroll.Layers;
using Unroll.TorchSharp.Plans;
using TorchTensor = TorchSharp.torch.Tensor;

namespace Unroll.TorchSharp.Conversions;

/// <summary>The activations as torch functions, by their names.</summary>
internal static class Activations
{
    private static readonly Dictionary<string, (Func<TorchTensor, TorchTensor> Run, string Code)> Known = new(StringComparer.Ordinal)
    {
        ["tanh"] = (x => x.tanh(), "{0}.tanh()"),
        ["sigmoid"] = (x => x.sigmoid(), "{0}.sigmoid()"),
        ["hardSigmoid"] = (x => (x * 0.2f + 0.5f).clamp(0, 1), "({0} * 0.2f + 0.5f).clamp(0, 1)"),
        ["hardSigmoid3"] = (x => (x / 6 + 0.5f).clamp(0, 1), "({0} / 6 + 0.5f).clamp(0, 1)"),
        ["relu"] = (x => x.relu(), "{0}.relu()"),
        ["softmax"] = (x => x.softmax(-1), "{0}.softmax(-1)"),
        ["elu"] = (x => torch.nn.functional.elu(x, 1), "nn.functional.elu({0}, 1)"),
        ["selu"] = (x => torch.nn.functional.selu(x), "nn.functional.selu({0})"),
        ["softplus"] = (x => torch.nn.functional.softplus(x), "nn.functional.softplus({0})"),
        ["softsign"] = (x => torch.nn.functional.softsign(x), "nn.functional.softsign({0})"),
        ["exponential"] = (x => x.exp(), "{0}.exp()"),
        ["gelu"] = (x => torch.nn.functional.gelu(x), "nn.functional.gelu({0})"),
        ["swish"] = (x => torch.nn.functional.silu(x), "nn.functional.silu({0})"),
        ["silu"] = (x => torch.nn.functional.silu(x), "nn.functional.silu({0})"),
        ["leakyRelu"] = (x => torch.nn.functional.leaky_relu(x, 0.2), "nn.functional.leaky_relu({0}, 0.2)"),
        ["relu6"] = (x => torch.nn.functional.relu6(x), "nn.functional.relu6({0})"),
        ["mish"] = (x => torch.nn.functional.mish(x), "nn.functional.mish({0})"),
        ["hardSilu"] = (x => torch.nn.functional.hardswish(x), "nn.functional.hardswish({0})"),
        ["hardSwish"] = (x => torch.nn.functional.hardswish(x), "nn.functional.hardswish({0})"),
        ["logSoftmax"] = (x => torch.nn.functional.log_softmax(x, -1), "nn.functional.log_softmax({0}, -1)"),
        ["celu"] = (x => torch.nn.functional.celu(x, 1), "nn.functional.celu({0}, 1)"),
        ["logSigmoid"] = (x => torch.nn.functional.logsigmoid(x), "nn.functional.logsigmoid({0})"),
        ["tanhShrink"] = (x => torch.nn.functional.tanhshrink(x), "nn.functional.tanhshrink({0})"),
        ["sparsePlus"] = (x => torch.where(x > 1, x, (x + 1).relu().square() / 4), "where({0} > 1, {0}, ({0} + 1).relu().square() / 4)"),
    };

    /// <summary>Puts the activation on a value; linear puts nothing on it.</summary>
    /// <exception cref="NotSupportedException">It is not one of the library's own.</exception>
    public static Value Add(PlanBuilder plan, Layer layer, ActivationFunction activation, Value x)
    {
        if (activation == ActivationFunction.Linear)
            return x;
        if (!activation.IsOwn || !Known.TryGetValue(activation.Name, out var known))
        {
            throw Refusal.Of(
                layer,
                $"activation \"{activation.Name}\"",
                "it is not one of the library's. Put it in a layer of its own, and register that one with TorchSharpConversions.");
        }

        return plan.Map(x, x.Rank, known.Run, name => string.Format(System.Globalization.CultureInfo.InvariantCulture, known.Code, name));
    }
}
