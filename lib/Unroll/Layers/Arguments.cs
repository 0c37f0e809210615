using System.Runtime.CompilerServices;

namespace Unroll.Layers;

/// <summary>Checks of arguments, with the layer and the argument named.</summary>
internal static class Arguments
{
    public static int Positive(int value, string layer, [CallerArgumentExpression(nameof(value))] string argument = "") =>
        value > 0 ? value : throw new ArgumentException($"{layer}: {argument} must be a positive whole number but is {value}.");

    /// <summary>A positive number of which a weight has so many times as many columns.</summary>
    public static int Units(int value, int times, string layer, [CallerArgumentExpression(nameof(value))] string argument = "") =>
        Positive(value, layer, argument) <= int.MaxValue / times
            ? value
            : throw new ArgumentException(
                $"{layer}: {argument} is {value}, but the weights have {times} · {argument} columns, {(long)times * value}, and {int.MaxValue} is the most. " +
                $"Use at most {int.MaxValue / times} {argument}.");

    public static double Rate(double value, string layer, [CallerArgumentExpression(nameof(value))] string argument = "") =>
        value is >= 0 and < 1
            ? value
            : throw new ArgumentException(FormattableString.Invariant($"{layer}: {argument} must be at least 0 and below 1 but is {value}."));

    public static double NotNegative(double value, string layer, [CallerArgumentExpression(nameof(value))] string argument = "") =>
        value >= 0 ? value : throw new ArgumentException(FormattableString.Invariant($"{layer}: {argument} must not be negative but is {value}."));

    /// <summary>Two positive numbers.</summary>
    public static Pair Positive(Pair value, string layer, [CallerArgumentExpression(nameof(value))] string argument = "") =>
        value is { First: > 0, Second: > 0 }
            ? value
            : throw new ArgumentException($"{layer}: {argument} must be positive whole numbers but is {value}.");

    /// <summary>Two numbers that are both at least 0.</summary>
    public static Pair NotNegative(Pair value, string layer, string argument) =>
        value is { First: >= 0, Second: >= 0 }
            ? value
            : throw new ArgumentException($"{layer}: {argument} must not be negative but is {value}.");

    /// <summary>The length of an axis that several lengths make, which must be one that a shape can have.</summary>
    public static int Length(long length, string layer, string what) => length <= int.MaxValue
        ? (int)length
        : throw new ArgumentException($"{layer}: {what} would have the length {length}; {int.MaxValue} is the most.");
}
