using System.Runtime.CompilerServices;

namespace Unroll.Layers;

/// <summary>Checks of constructor arguments, with the layer and the argument named.</summary>
internal static class Arguments
{
    public static int Positive(int value, string layer, [CallerArgumentExpression(nameof(value))] string argument = "") =>
        value > 0 ? value : throw new ArgumentException($"{layer}: {argument} must be a positive whole number but is {value}.");

    public static double Rate(double value, string layer, [CallerArgumentExpression(nameof(value))] string argument = "") =>
        value is >= 0 and < 1
            ? value
            : throw new ArgumentException(FormattableString.Invariant($"{layer}: {argument} must be at least 0 and below 1 but is {value}."));
}
