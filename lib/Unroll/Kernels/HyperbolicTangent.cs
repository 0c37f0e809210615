using System.Numerics;

namespace Unroll.Kernels;

/// <summary>
/// The hyperbolic tangent to float32 accuracy, relative near 0 as well: tanh(0) is 0, where the quotient of exponentials
/// that TensorPrimitives has gives -6e-8. A state of zeros must stay one.
/// </summary>
internal static class HyperbolicTangent
{
    // Below it the fraction is exact to 1e-9; above it 1 - tanh is so large that nothing cancels.
    private const float Near = 0.6f;

    public static void Run(ReadOnlySpan<float> values, Span<float> result)
    {
        var width = Vector<float>.Count;
        var at = 0;
        for (; at + width <= values.Length; at += width) Tanh(new Vector<float>(values[at..])).CopyTo(result[at..]);
        if (at == values.Length) return;

        // The rest goes the same way, so that a number's place does not change its tangent.
        Span<float> rest = stackalloc float[width];
        rest.Clear();
        values[at..].CopyTo(rest);
        Tanh(new Vector<float>(rest)).CopyTo(rest);
        rest[..(values.Length - at)].CopyTo(result[at..]);
    }

    private static Vector<float> Tanh(Vector<float> x)
    {
        // Lambert's continued fraction x/(1 + x²/(3 + x²/(5 + x²/(7 + x²/9)))) as a quotient.
        var square = x * x;
        var above = (square + new Vector<float>(105)) * square + new Vector<float>(945);
        var below = (square * 15 + new Vector<float>(420)) * square + new Vector<float>(945);
        var size = Vector.Abs(x);
        var far = Vector<float>.One - new Vector<float>(2) / (Vector.Exp(size * 2) + Vector<float>.One);
        return Vector.ConditionalSelect(Vector.LessThan(size, new Vector<float>(Near)), x * above / below, Vector.CopySign(far, x));
    }
}
