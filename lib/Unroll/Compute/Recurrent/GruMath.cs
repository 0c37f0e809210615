using System.Runtime.CompilerServices;
using Unroll.Compute.Simd;

namespace Unroll.Compute.Recurrent;

/// <summary>
/// The elementwise part of a GRU's step, with x · kernel + bias in gates z, r, g and h · recurrentKernel + its own bias in
/// gates uz, ur, ug (the reset gate after the product, as in cuDNN):
/// <code>
/// z = σ(z + uz);  r = σ(r + ur);  g = tanh(g + r * ug);  h' = z * h + (1 - z) * g
/// </code>
/// and back:
/// <code>
/// dg = dh * (1 - z) * (1 - g²);  dug = dg * r;  dr = dg * ug * r * (1 - r);  dz = dh * (h - g) * z * (1 - z);  dh(before) = dh * z
/// </code>
/// The tape keeps z, r, g, and ug in the third place beside them.
/// </summary>
internal readonly unsafe struct GruMath : IRecurrentMath
{
    public static int Gates => 3;

    public static bool HasCellState => false;

    public static bool KeepsProductsApart => true;

    public static void Forward<V>(in StepForward step)
        where V : struct, ISimd<V>
    {
        if (step.Gates == null)
        {
            Untaped<V>(
                step.Z, step.ZStep, step.StateZ, step.StateZStep, step.Bias, step.StateBias, step.H, step.NextH, step.HStep, step.Lanes, step.Samples);
        }
        else
        {
            Taped<V>(
                step.Z, step.ZStep, step.StateZ, step.StateZStep, step.Bias, step.StateBias, step.H, step.NextH, step.HStep,
                step.Gates, step.StateGates, step.Units, step.Lanes, step.Samples);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Untaped<V>(
        float* x, int xStep, float* u, int uStep, float* bias, float* stateBias, float* h, float* nextH, int hStep, int lanes, int samples)
        where V : struct, ISimd<V>
    {
        var w = (nuint)V.Count;
        V zBias = V.Load(ref *bias, 0) + V.Load(ref *stateBias, 0), rBias = V.Load(ref *bias, w) + V.Load(ref *stateBias, w);
        V gBias = V.Load(ref *bias, 2 * w), ugBias = V.Load(ref *stateBias, 2 * w);
        for (var sample = 0; sample < samples; sample++)
        {
            var z = SimdMath.Sigmoid(V.Load(ref *x, 0) + V.Load(ref *u, 0) + zBias);
            var ug = V.Load(ref *u, 2 * w) + ugBias;
            var reset = ug / SimdMath.SigmoidDivisor(V.Load(ref *x, w) + V.Load(ref *u, w) + rBias);
            var g = SimdMath.Tanh(V.Load(ref *x, 2 * w) + gBias + reset);
            Lanes.Store(V.MultiplyAdd(z, Lanes.Load<V>(h, lanes) - g, g), nextH, lanes);
            x += xStep;
            u += uStep;
            h += hStep;
            nextH += hStep;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Taped<V>(
        float* x, int xStep, float* u, int uStep, float* bias, float* stateBias, float* h, float* nextH, int hStep,
        float* gates, float* stateGates, int units, int lanes, int samples)
        where V : struct, ISimd<V>
    {
        var w = (nuint)V.Count;
        V zBias = V.Load(ref *bias, 0) + V.Load(ref *stateBias, 0), rBias = V.Load(ref *bias, w) + V.Load(ref *stateBias, w);
        V gBias = V.Load(ref *bias, 2 * w), ugBias = V.Load(ref *stateBias, 2 * w);
        for (var sample = 0; sample < samples; sample++)
        {
            var z = SimdMath.Sigmoid(V.Load(ref *x, 0) + V.Load(ref *u, 0) + zBias);
            var r = SimdMath.Sigmoid(V.Load(ref *x, w) + V.Load(ref *u, w) + rBias);
            var ug = V.Load(ref *u, 2 * w) + ugBias;
            var g = SimdMath.Tanh(V.MultiplyAdd(r, ug, V.Load(ref *x, 2 * w) + gBias));
            Lanes.Store(V.MultiplyAdd(z, Lanes.Load<V>(h, lanes) - g, g), nextH, lanes);
            Lanes.Store(z, gates, lanes);
            Lanes.Store(r, gates + units, lanes);
            Lanes.Store(g, gates + 2 * units, lanes);
            Lanes.Store(ug, stateGates + 2 * units, lanes);
            x += xStep;
            u += uStep;
            h += hStep;
            nextH += hStep;
            gates += 3 * units;
            stateGates += 3 * units;
        }
    }

    public static void Backward<V>(in StepBackward step)
        where V : struct, ISimd<V> => Back<V>(step.Gates, step.StateGates, step.H, step.Sequence, step.DH, step.Units, step.Count);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Back<V>(float* gates, float* stateGates, float* h, float* sequence, float* dH, int units, int count)
        where V : struct, ISimd<V>
    {
        var one = V.Broadcast(1);
        for (var unit = 0; unit < count; unit += V.Count)
        {
            var lanes = count - unit;
            var z = Lanes.Load<V>(gates + unit, lanes);
            var r = Lanes.Load<V>(gates + units + unit, lanes);
            var g = Lanes.Load<V>(gates + 2 * units + unit, lanes);
            var ug = Lanes.Load<V>(stateGates + 2 * units + unit, lanes);
            var dh = Lanes.Load<V>(dH + unit, lanes);
            if (sequence != null)
                dh += Lanes.Load<V>(sequence + unit, lanes);
            var dg = dh * (one - z) * (one - g * g);
            var dr = dg * ug * (r * (one - r));
            var dz = dh * (Lanes.Load<V>(h + unit, lanes) - g) * (z * (one - z));
            Lanes.Store(dz, gates + unit, lanes);
            Lanes.Store(dr, gates + units + unit, lanes);
            Lanes.Store(dg, gates + 2 * units + unit, lanes);
            Lanes.Store(dz, stateGates + unit, lanes);
            Lanes.Store(dr, stateGates + units + unit, lanes);
            Lanes.Store(dg * r, stateGates + 2 * units + unit, lanes);
            Lanes.Store(dh * z, dH + unit, lanes);
        }
    }
}
