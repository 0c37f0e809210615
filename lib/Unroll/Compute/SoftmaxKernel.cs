using System.Numerics.Tensors;

namespace Unroll.Compute;

/// <summary>
/// Softmax of each row: exp(x) / Σ exp(x). Less the greatest element, so that exp cannot overflow; the quotient is the same.
/// Threads share the rows.
/// </summary>
internal static class SoftmaxKernel
{
    public static void Run(float[] values, int length, float[] result) =>
        Workers.RunShares(values.Length / length, values.Length, (from, to) =>
            Rows(values.AsSpan(from * length, (to - from) * length), length, result.AsSpan(from * length, (to - from) * length)));

    /// <summary>The same on this thread alone; the result may be where the values are.</summary>
    public static void Rows(ReadOnlySpan<float> values, int length, Span<float> result)
    {
        for (var at = 0; at < values.Length; at += length)
        {
            var row = values.Slice(at, length);
            TensorPrimitives.Subtract(row, TensorPrimitives.Max(row), result.Slice(at, length));
        }

        Exponential.Run(result, result);
        for (var at = 0; at < values.Length; at += length)
        {
            var row = result.Slice(at, length);
            TensorPrimitives.Divide(row, (float)Sums.Of(row), row);
        }
    }
}
