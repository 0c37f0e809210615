using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using Unroll.Compute.Recurrent;
using Unroll.Compute.Simd;

namespace Unroll.Benchmarks.Kernels;

/// <summary>The elementwise half of a step: the gates of 32 samples of 512 units.</summary>
[MemoryDiagnoser]
public unsafe class GatesBenchmarks
{
    private const int Samples = 32;
    private const int Units = 512;
    private readonly float[] _z = new RandomState(1).Uniform(-4, 4, [Samples * 4 * Units]).ToArray();
    private readonly float[] _bias = new float[4 * Units];
    private readonly float[] _c = new float[Samples * Units];
    private readonly float[] _h = new float[Samples * Units];

    /// <summary>Four activations, c and h.</summary>
    [Benchmark]
    public void Forward()
    {
        if (Vector512.IsHardwareAccelerated)
            Forward<Simd512>();
        else if (Vector256.IsHardwareAccelerated)
            Forward<Simd256>();
        else
            Forward<Simd128>();
    }

    private void Forward<V>()
        where V : struct, ISimd<V>
    {
        fixed (float* z = _z, bias = _bias, c = _c, h = _h)
        {
            for (var unit = 0; unit < Units; unit += V.Count)
            {
                LstmMath.Forward<V>(new StepForward
                {
                    Z = z + 4 * unit,
                    ZStep = 4 * Units,
                    Bias = bias,
                    C = c + unit,
                    NextC = c + unit,
                    NextH = h + unit,
                    HStep = Units,
                    Units = Units,
                    Lanes = V.Count,
                    Samples = Samples,
                });
            }
        }
    }
}
