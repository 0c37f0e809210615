using System.Runtime.CompilerServices;
using Unroll.Compute.Simd;

namespace Unroll.Compute.Recurrent;

/// <summary>
/// The elementwise part of an LSTM's step, with z in gates i, f, g, o:
/// <code>
/// c' = σ(f) * c + σ(i) * tanh(g);  h' = σ(o) * tanh(c')
/// </code>
/// and back:
/// <code>
/// do = dh * tanh(c');  dc += dh * o * (1 - tanh²(c'))
/// di = dc * g;  df = dc * c;  dg = dc * i;  each times the slope of its activation;  dc(before) = dc * f
/// </code>
/// </summary>
internal readonly unsafe struct LstmMath : IRecurrentMath
{
    public static int Gates => 4;

    public static bool HasCellState => true;

    public static bool KeepsProductsApart => false;

    public static void Forward<V>(in StepForward step)
        where V : struct, ISimd<V>
    {
        if (step.Gates == null)
            Untaped<V>(step.Z, step.ZStep, step.Bias, step.C, step.NextC, step.NextH, step.HStep, step.Units, step.Lanes, step.Samples);
        else
            Taped<V>(step.Z, step.ZStep, step.Bias, step.C, step.NextC, step.NextH, step.HStep, step.Gates, step.Units, step.Lanes, step.Samples);
    }

    // Each loop is a method of its own: where the compiler finds too much to inline in one, it leaves calls in the arithmetic.
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Untaped<V>(
        float* z, int zStep, float* bias, float* c, float* nextC, float* nextH, int hStep, int units, int lanes, int samples)
        where V : struct, ISimd<V>
    {
        var w = (nuint)V.Count;
        for (var sample = 0; sample < samples; sample++)
        {
            var (next, h) = Infer(
                V.Load(ref *z, 0) + V.Load(ref *bias, 0),
                V.Load(ref *z, w) + V.Load(ref *bias, w),
                V.Load(ref *z, 2 * w) + V.Load(ref *bias, 2 * w),
                V.Load(ref *z, 3 * w) + V.Load(ref *bias, 3 * w),
                Lanes.Load<V>(c, lanes));
            Lanes.Store(next, nextC, lanes);
            Lanes.Store(h, nextH, lanes);
            z += zStep;
            c += units;
            nextC += units;
            nextH += hStep;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Taped<V>(
        float* z, int zStep, float* bias, float* c, float* nextC, float* nextH, int hStep, float* gates, int units, int lanes, int samples)
        where V : struct, ISimd<V>
    {
        var w = (nuint)V.Count;
        for (var sample = 0; sample < samples; sample++)
        {
            var i = SimdMath.Sigmoid(V.Load(ref *z, 0) + V.Load(ref *bias, 0));
            var f = SimdMath.Sigmoid(V.Load(ref *z, w) + V.Load(ref *bias, w));
            var g = SimdMath.Tanh(V.Load(ref *z, 2 * w) + V.Load(ref *bias, 2 * w));
            var o = SimdMath.Sigmoid(V.Load(ref *z, 3 * w) + V.Load(ref *bias, 3 * w));
            var next = V.MultiplyAdd(f, Lanes.Load<V>(c, lanes), i * g);
            Lanes.Store(next, nextC, lanes);
            Lanes.Store(o * SimdMath.Tanh(next), nextH, lanes);
            Lanes.Store(i, gates, lanes);
            Lanes.Store(f, gates + units, lanes);
            Lanes.Store(g, gates + 2 * units, lanes);
            Lanes.Store(o, gates + 3 * units, lanes);
            z += zStep;
            c += units;
            nextC += units;
            nextH += hStep;
            gates += 4 * units;
        }
    }

    /// <summary>
    /// c and h of a step whose gates nobody asks for: quotients that are multiplied have one divisor, three divisions in place
    /// of five, each as long as ten multiplications. A divisor that overflows is a gate that is shut.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (V C, V H) Infer<V>(V i, V f, V g, V o, V c)
        where V : struct, ISimd<V>
    {
        var (candidate, divisor) = SimdMath.TanhParts(g);
        c = c / SimdMath.SigmoidDivisor(f) + candidate / (divisor * SimdMath.SigmoidDivisor(i));
        var (output, outputDivisor) = SimdMath.TanhParts(c);
        return (c, output / (outputDivisor * SimdMath.SigmoidDivisor(o)));
    }

    public static void Backward<V>(in StepBackward step)
        where V : struct, ISimd<V> => Back<V>(step.Gates, step.C, step.NextC, step.Sequence, step.DH, step.DC, step.Units, step.Count);

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Back<V>(float* gates, float* before, float* after, float* sequence, float* dH, float* dC, int units, int count)
        where V : struct, ISimd<V>
    {
        V one = V.Broadcast(1), zero = V.Broadcast(0);
        for (var unit = 0; unit < count; unit += V.Count)
        {
            var lanes = count - unit;
            var i = Lanes.Load<V>(gates + unit, lanes);
            var f = Lanes.Load<V>(gates + units + unit, lanes);
            var g = Lanes.Load<V>(gates + 2 * units + unit, lanes);
            var o = Lanes.Load<V>(gates + 3 * units + unit, lanes);
            var tanh = SimdMath.Tanh(Lanes.Load<V>(after + unit, lanes));
            var dh = Lanes.Load<V>(dH + unit, lanes);
            if (sequence != null)
                dh += Lanes.Load<V>(sequence + unit, lanes);
            var dc = V.MultiplyAdd(dh * o, one - tanh * tanh, Lanes.Load<V>(dC + unit, lanes));
            Lanes.Store(dc * g * (i * (one - i)), gates + unit, lanes);
            Lanes.Store(dc * Lanes.Load<V>(before + unit, lanes) * (f * (one - f)), gates + units + unit, lanes);
            Lanes.Store(dc * i * (one - g * g), gates + 2 * units + unit, lanes);
            Lanes.Store(dh * tanh * (o * (one - o)), gates + 3 * units + unit, lanes);
            Lanes.Store(dc * f, dC + unit, lanes);
            Lanes.Store(zero, dH + unit, lanes);
        }
    }
}
