using System.Runtime.CompilerServices;
using Unroll.Compute.Simd;

namespace Unroll.Compute.Recurrent;

/// <summary>
/// The elementwise part of a simple recurrent network's step: <c>h' = tanh(z)</c>, and back <c>dz = dh * (1 - h'²)</c>. The
/// tape's gates have nothing to keep: h' is in the rows.
/// </summary>
internal readonly unsafe struct SimpleMath : IRecurrentMath
{
    public static int Gates => 1;

    public static bool HasCellState => false;

    public static bool KeepsProductsApart => false;

    public static void Forward<V>(in StepForward step)
        where V : struct, ISimd<V> => Forward<V>(step.Z, step.ZStep, step.Bias, step.NextH, step.HStep, step.Lanes, step.Samples);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Forward<V>(float* z, int zStep, float* bias, float* nextH, int hStep, int lanes, int samples)
        where V : struct, ISimd<V>
    {
        var b = V.Load(ref *bias, 0);
        for (var sample = 0; sample < samples; sample++)
        {
            Lanes.Store(SimdMath.Tanh(V.Load(ref *z, 0) + b), nextH, lanes);
            z += zStep;
            nextH += hStep;
        }
    }

    public static void Backward<V>(in StepBackward step)
        where V : struct, ISimd<V> => Back<V>(step.Gates, step.NextH, step.Sequence, step.DH, step.Count);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Back<V>(float* gates, float* nextH, float* sequence, float* dH, int count)
        where V : struct, ISimd<V>
    {
        V one = V.Broadcast(1), zero = V.Broadcast(0);
        for (var unit = 0; unit < count; unit += V.Count)
        {
            var lanes = count - unit;
            var h = Lanes.Load<V>(nextH + unit, lanes);
            var dh = Lanes.Load<V>(dH + unit, lanes);
            if (sequence != null)
                dh += Lanes.Load<V>(sequence + unit, lanes);
            Lanes.Store(dh * (one - h * h), gates + unit, lanes);
            Lanes.Store(zero, dH + unit, lanes);
        }
    }
}
