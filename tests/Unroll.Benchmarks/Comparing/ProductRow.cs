using System.Runtime.Intrinsics;
using Unroll.Benchmarks.Measuring;
using Unroll.Compute;
using Unroll.Compute.Simd;

namespace Unroll.Benchmarks.Comparing;

/// <summary>A matrix product (m, k) · (k, n) on one thread.</summary>
/// <param name="M">The rows of the left matrix.</param>
/// <param name="K">Its columns.</param>
/// <param name="N">The columns of the right one.</param>
/// <param name="Packed">Whether the right matrix was packed beforehand, as a layer's weights are for a whole sequence.</param>
/// <param name="Time">The time.</param>
/// <param name="PeakGflops">The multiply-add peak, measured between the rounds.</param>
internal sealed record ProductRow(int M, int K, int N, bool Packed, Timing Time, double PeakGflops)
{
    private static readonly (int M, int K, int N)[] Shapes = [(3200, 256, 2048), (32, 512, 2048)];

    /// <summary>The share of the peak.</summary>
    public Shares PeakShare => Shares.Of(2.0 * M * K * N, Time, PeakGflops);

    public static IReadOnlyList<ProductRow> Measure(Effort effort)
    {
        Backend.Threads = 1;
        return [.. Shapes.SelectMany(shape => Measure(shape.M, shape.K, shape.N, effort))];
    }

    private static unsafe ProductRow[] Measure(int m, int k, int n, Effort effort)
    {
        var random = new RandomState(7);
        float[] left = random.Uniform(-1, 1, [m, k]).ToArray(), right = random.Uniform(-1, 1, [k, n]).ToArray(), result = new float[m * n];
        var matrix = Vector512.IsHardwareAccelerated ? PackedMatrix.Pack<Simd512>(right, k, n)
            : Vector256.IsHardwareAccelerated ? PackedMatrix.Pack<Simd256>(right, k, n)
            : PackedMatrix.Pack<Simd128>(right, k, n);
        fixed (float* a = left, b = matrix.Values, c = result)
        {
            var job = new MatrixJob(a, k, 1, b, RightForm.Packed, k, n, c, n, accumulate: false);
            void Whole() => MatrixProduct.Multiply(left, right, result, m, k, n);
            void Prepared() => MatrixProduct.Run(job, 0, m, 0, MatrixProduct.Panels(n));
            ProductRow[] rows = [Timed(Whole, packed: false), Timed(Prepared, packed: true)];
            matrix.Return();
            return rows;
        }

        ProductRow Timed(Action call, bool packed)
        {
            Stopclock.WarmUp(call, effort.Milliseconds);
            var (turns, peak) = (new List<Timing>(), 0.0);
            for (var round = 0; round < effort.Rounds; round++)
            {
                peak = Math.Max(peak, FmaPeak.Measure(threads: 1));
                turns.Add(Stopclock.Run(call, effort.Milliseconds));
            }

            return new ProductRow(m, k, n, packed, Timing.Of(turns), peak);
        }
    }
}
