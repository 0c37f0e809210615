using System.Numerics.Tensors;

namespace Unroll.Compute;

/// <summary>
/// Softmax of each row: exp(x) / Σ exp(x). Less the greatest element, so that exp cannot overflow; the quotient is the same.
/// Threads share the rows.
/// </summary>
internal static class SoftmaxKernel
{
    // Below so many numbers a second thread costs more than it gives.
    private const int ParallelFrom = 50_000;

    public static void Run(float[] values, int length, float[] result)
    {
        var rows = values.Length / length;
        var shares = values.Length < ParallelFrom ? 1 : Math.Min(Workers.Threads, rows);
        Workers.Run(shares, share =>
        {
            int from = (int)((long)rows * share / shares) * length, to = (int)((long)rows * (share + 1) / shares) * length;
            Rows(values.AsSpan(from, to - from), length, result.AsSpan(from, to - from));
        });
    }

    private static void Rows(ReadOnlySpan<float> values, int length, Span<float> result)
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
