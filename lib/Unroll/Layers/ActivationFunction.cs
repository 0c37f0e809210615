using System.Diagnostics.CodeAnalysis;

namespace Unroll.Layers;

/// <summary>
/// A function of each element that a layer puts on its result. Layers take one by name, <c>activation: "relu"</c>, or as an
/// object; one of your own is <c>new ActivationFunction("bent", x =&gt; x + (x.Square() + 1).Sqrt())</c>.
/// </summary>
/// <remarks>
/// <c>hardSigmoid</c> is Keras 2's, <c>0.2 x + 0.5</c> held between 0 and 1; Keras 3's, <c>relu6(x + 3) / 6</c>, is
/// <c>hardSigmoid3</c>.
/// </remarks>
public sealed class ActivationFunction
{
    /// <summary>x.</summary>
    public static readonly ActivationFunction Linear = new("linear", x => x);

    /// <summary>The hyperbolic tangent.</summary>
    public static readonly ActivationFunction Tanh = new("tanh", x => x.Tanh());

    /// <summary>1 / (1 + exp(-x)).</summary>
    public static readonly ActivationFunction Sigmoid = new("sigmoid", x => x.Sigmoid());

    private static readonly Dictionary<string, ActivationFunction> Known = new ActivationFunction[]
    {
        Linear,
        Tanh,
        Sigmoid,

        // Keras 2's slope: 0.2 x + 0.5 between -2.5 and 2.5. Keras 3 has another function under this name: relu6(x + 3) / 6.
        new("hardSigmoid", x => (x * 0.2f + 0.5f).Clip(0, 1)),
        new("hardSigmoid3", x => (x / 6 + 0.5f).Clip(0, 1)),
        new("relu", x => x.Relu()),
        new("softmax", x => x.Softmax()),

        new("elu", x => Rectifiers.Elu(x)),

        // At 0 the slope is that of the right side, as in TensorFlow. The two constants of self-normalising networks (Klambauer and others, 2017).
        new("selu", x => 1.05070098f * Tensor.Where(Tensor.Greater(0, x), 1.67326324f * (Tensor.Minimum(x, 0).Exp() - 1), x)),
        new("softplus", x => x.Softplus()),
        new("softsign", x => x / (1 + x.Abs())),
        new("exponential", x => x.Exp()),
        new("gelu", x => x * 0.5f * (1 + (x * (float)(1 / Math.Sqrt(2))).Erf())),
        new("swish", x => x * x.Sigmoid()),
        new("silu", x => x * x.Sigmoid()),

        // Keras' activation leaks 0.2; its layer LeakyReLU, by default, 0.3.
        new("leakyRelu", x => Rectifiers.Leaky(x, 0.2)),
        new("relu6", Rectifiers.Relu6),
        new("mish", x => x * x.Softplus().Tanh()),
        new("hardSilu", Rectifiers.HardSilu),
        new("hardSwish", Rectifiers.HardSilu),
        new("logSoftmax", Rectifiers.LogSoftmax),
        new("celu", x => Rectifiers.Elu(x)),
        new("logSigmoid", x => -(-x).Softplus()),
        new("tanhShrink", x => x - x.Tanh()),

        // (x + 1)² / 4 between -1 and 1, which meets 0 on its left and x on its right with their slopes.
        new("sparsePlus", x => Tensor.Where(Tensor.Greater(x, 1), x, (x + 1).Relu().Square() / 4)),
    }.ToDictionary(activation => activation.Name, StringComparer.Ordinal);

    private readonly Func<Tensor, Tensor> _function;

    /// <summary>Makes an activation of a function.</summary>
    /// <param name="name">The name that summaries and errors show.</param>
    /// <param name="function">The function, written with tensor operations.</param>
    public ActivationFunction(string name, Func<Tensor, Tensor> function)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(function);
        Name = name;
        _function = function;
    }

    /// <summary>The name that summaries and errors show.</summary>
    public string Name { get; }

    /// <summary>The layer without weights that computes it, where a file has one in the place of a function; else null.</summary>
    internal Layer? Layer { get; init; }

    /// <summary>Whether it is the library's own of this name.</summary>
    internal bool IsOwn => Known.GetValueOrDefault(Name) == this;

    /// <summary>An activation by its name; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator ActivationFunction?(string? name) => name is null ? null : FromString(name);

    /// <summary>An activation by its name, such as <c>"tanh"</c>.</summary>
    /// <exception cref="ArgumentException">There is none of this name; the nearest one is named.</exception>
    public static ActivationFunction FromString(string name) => NearestName.Find(Known, name, "activation");

    /// <summary>The function's value at each element.</summary>
    public Tensor Apply(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var y = Of(x);
        return y == x ? x.Identity() : y;
    }

    /// <summary>The same, where the result may be the tensor that came.</summary>
    internal Tensor Of(Tensor x) => _function(x) ?? throw new InvalidOperationException($"Activation {Name} returned null; it must give a tensor.");

    /// <inheritdoc/>
    public override string ToString() => Name;
}
