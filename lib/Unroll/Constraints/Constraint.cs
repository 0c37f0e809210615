using System.Diagnostics.CodeAnalysis;

namespace Unroll.Constraints;

/// <summary>
/// What a weight must keep to: after each step of training it is put back there. Layers take one by name,
/// <c>kernelConstraint: "nonNeg"</c>, or as an object, <c>new MaxNorm(3)</c>; one of your own derives from this.
/// </summary>
public abstract class Constraint
{
    /// <summary>Added to a length that is divided by, as in Keras.</summary>
    private protected const double Epsilon = 1e-7;

    private static readonly Dictionary<string, Func<Constraint>> Known = new(StringComparer.Ordinal)
    {
        ["maxNorm"] = () => new MaxNorm(),
        ["nonNeg"] = () => new NonNeg(),
        ["unitNorm"] = () => new UnitNorm(),
        ["minMaxNorm"] = () => new MinMaxNorm(),
    };

    /// <summary>A constraint by its name; null stays null.</summary>
    [return: NotNullIfNotNull(nameof(name))]
    public static implicit operator Constraint?(string? name) => name is null ? null : FromString(name);

    /// <summary>A constraint by its name, with its default arguments.</summary>
    /// <exception cref="ArgumentException">There is none of this name; the nearest one is named.</exception>
    public static Constraint FromString(string name) => NearestName.Find(Known, name, "constraint")();

    /// <summary>The weight as it must be: a tensor of the same shape.</summary>
    public abstract Tensor Call(Tensor weight);

    private protected static Tensor Norms(Tensor weight, int axis) => weight.Square().Sum(axis, keepDims: true).Sqrt();
}

/// <summary>Vectors along an axis are not longer than a number.</summary>
/// <param name="maxValue">The greatest length.</param>
/// <param name="axis">The axis; 0 for the weights that lead into each unit of a kernel (inputs, units).</param>
public sealed class MaxNorm(double maxValue = 2, int axis = 0) : Constraint
{
    /// <summary>The greatest length.</summary>
    public double MaxValue { get; } = maxValue;

    /// <summary>The axis of the vectors.</summary>
    public int Axis { get; } = axis;

    /// <inheritdoc/>
    public override Tensor Call(Tensor weight)
    {
        ArgumentNullException.ThrowIfNull(weight);
        var norms = Norms(weight, Axis);
        return weight * (norms.Clip(0, MaxValue) / (norms + Epsilon));
    }
}

/// <summary>No number is negative: those that are become 0.</summary>
public sealed class NonNeg : Constraint
{
    /// <inheritdoc/>
    public override Tensor Call(Tensor weight)
    {
        ArgumentNullException.ThrowIfNull(weight);
        return weight.Relu();
    }
}

/// <summary>Vectors along an axis have the length 1.</summary>
/// <param name="axis">The axis; 0 for the weights that lead into each unit of a kernel (inputs, units).</param>
public sealed class UnitNorm(int axis = 0) : Constraint
{
    /// <summary>The axis of the vectors.</summary>
    public int Axis { get; } = axis;

    /// <inheritdoc/>
    public override Tensor Call(Tensor weight)
    {
        ArgumentNullException.ThrowIfNull(weight);
        return weight / (Norms(weight, Axis) + Epsilon);
    }
}

/// <summary>Vectors along an axis have a length between two numbers, or come a share of the way nearer to it at each step.</summary>
/// <param name="minValue">The smallest length.</param>
/// <param name="maxValue">The greatest length.</param>
/// <param name="rate">The share of the way; 1 for all of it.</param>
/// <param name="axis">The axis; 0 for the weights that lead into each unit of a kernel (inputs, units).</param>
public sealed class MinMaxNorm(double minValue = 0, double maxValue = 1, double rate = 1, int axis = 0) : Constraint
{
    /// <summary>The smallest length.</summary>
    public double MinValue { get; } = minValue;

    /// <summary>The greatest length.</summary>
    public double MaxValue { get; } = maxValue;

    /// <summary>The share of the way; 1 for all of it.</summary>
    public double Rate { get; } = rate;

    /// <summary>The axis of the vectors.</summary>
    public int Axis { get; } = axis;

    /// <inheritdoc/>
    public override Tensor Call(Tensor weight)
    {
        ArgumentNullException.ThrowIfNull(weight);
        var norms = Norms(weight, Axis);
        return weight * ((norms.Clip(MinValue, MaxValue) * Rate + norms * (1 - Rate)) / (norms + Epsilon));
    }
}
