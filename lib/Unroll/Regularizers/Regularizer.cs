using System.Diagnostics.CodeAnalysis;

namespace Unroll.Regularizers;

/// <summary>
/// A price on large numbers, which training adds to the loss. Layers take one by name, <c>kernelRegularizer: "l2"</c>, or as
/// an object, <c>new L2(0.001)</c>; one of your own derives from this.
/// </summary>
public abstract class Regularizer
{
    private static readonly Dictionary<string, Func<Regularizer>> Known = new(StringComparer.Ordinal)
    {
        ["l1"] = () => new L1(),
        ["l2"] = () => new L2(),
        ["l1l2"] = () => new L1L2(),
    };

    /// <summary>A regularizer by its name; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator Regularizer?(string? name) => name is null ? null : FromString(name);

    /// <summary>A regularizer by its name, with its default arguments.</summary>
    /// <exception cref="ArgumentException">There is none of this name; the nearest one is named.</exception>
    public static Regularizer FromString(string name) => NearestName.Find(Known, name, "regularizer")();

    /// <summary>The price of a weight, or of a layer's output: one number with no axis, written with tensor operations.</summary>
    public abstract Tensor Call(Tensor x);
}

/// <summary><c>l1 · Σ|x| + l2 · Σx²</c>.</summary>
/// <param name="l1">The factor of the sizes.</param>
/// <param name="l2">The factor of the squares.</param>
public class L1L2(double l1 = 0, double l2 = 0) : Regularizer
{
    /// <summary>The factor of the sizes.</summary>
    public double L1 { get; } = l1;

    /// <summary>The factor of the squares.</summary>
    public double L2 { get; } = l2;

    /// <inheritdoc/>
    public override Tensor Call(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Abs().Sum() * L1 + x.Square().Sum() * L2;
    }
}

/// <summary><c>l1 · Σ|x|</c>.</summary>
/// <param name="l1">The factor.</param>
public sealed class L1(double l1 = 0.01) : L1L2(l1: l1)
{
    /// <inheritdoc/>
    public override Tensor Call(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Abs().Sum() * L1;
    }
}

/// <summary><c>l2 · Σx²</c>.</summary>
/// <param name="l2">The factor.</param>
public sealed class L2(double l2 = 0.01) : L1L2(l2: l2)
{
    /// <inheritdoc/>
    public override Tensor Call(Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Square().Sum() * L2;
    }
}
