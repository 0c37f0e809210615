using System.Numerics.Tensors;

namespace Unroll.Training;

/// <summary>Keeps gradients from being too large, in one of three ways.</summary>
internal sealed class GradientClipping
{
    public GradientClipping(double? norm, double? value, double? globalNorm)
    {
        if (new[] { norm, value, globalNorm }.Count(way => way is not null) > 1)
            throw new ArgumentException("Gradients can be clipped in one way: give clipNorm, clipValue or globalClipNorm.");
        (Norm, Value, GlobalNorm) = (Checked(norm, "clipNorm"), Checked(value, "clipValue"), Checked(globalNorm, "globalClipNorm"));
    }

    /// <summary>The greatest norm of each gradient: <c>g * norm / max(‖g‖, norm)</c>.</summary>
    public double? Norm { get; }

    /// <summary>The greatest size of each number.</summary>
    public double? Value { get; }

    /// <summary>The greatest norm of all gradients together, as if they were one vector.</summary>
    public double? GlobalNorm { get; }

    /// <summary>The gradients to use; those that came are not changed.</summary>
    public IReadOnlyList<Tensor?> Of(IReadOnlyList<Tensor?> gradients)
    {
        if (Norm is { } norm)
            return [.. gradients.Select(gradient => gradient is null ? null : Scaled(gradient, Share(norm, Squares(gradient))))];
        if (Value is { } value)
            return [.. gradients.Select(gradient => gradient?.Clip((float)-value, (float)value))];
        if (GlobalNorm is not { } global)
            return gradients;
        var share = Share(global, gradients.Sum(gradient => gradient is null ? 0 : Squares(gradient)));
        return [.. gradients.Select(gradient => gradient is null ? null : Scaled(gradient, share))];
    }

    /// <summary>By what a gradient is multiplied so that its norm is at most this.</summary>
    internal static double Share(double norm, double squares) => norm / Math.Max(norm, Math.Sqrt(squares));

    private static double Squares(Tensor gradient) => TensorPrimitives.SumOfSquares(gradient.Values);

    private static Tensor Scaled(Tensor gradient, double share) => share == 1 ? gradient : gradient * (float)share;

    private static double? Checked(double? value, string name) =>
        value is { } number ? LearningRateSchedule.Positive(number, name) : null;
}
