using System.Runtime.CompilerServices;
using Unroll.Kernels.Simd;

namespace Unroll.Kernels;

/// <summary>The elementwise part of an LSTM's step, for one sample.</summary>
internal static unsafe class LstmGates
{
    /// <summary>
    /// <c>c' = σ(f) * c + σ(i) * tanh(g);  h' = σ(o) * tanh(c')</c> for a vector of units. Where
    /// <paramref name="gates"/> is not null it takes the four gates behind their activations, <paramref name="units"/> apart.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Forward<V>(float* z, float* bias, float* c, float* nextC, float* nextH, float* gates, int units, int lanes)
        where V : struct, ISimd<V>
    {
        var w = (nuint)V.Count;
        var i = SimdMath.Sigmoid(V.Load(ref *z, 0) + V.Load(ref *bias, 0));
        var f = SimdMath.Sigmoid(V.Load(ref *z, w) + V.Load(ref *bias, w));
        var g = SimdMath.Tanh(V.Load(ref *z, 2 * w) + V.Load(ref *bias, 2 * w));
        var o = SimdMath.Sigmoid(V.Load(ref *z, 3 * w) + V.Load(ref *bias, 3 * w));
        var next = V.MultiplyAdd(f, Lanes.Load<V>(ref *c, lanes), i * g);
        Lanes.Store(next, ref *nextC, lanes);
        Lanes.Store(o * SimdMath.Tanh(next), ref *nextH, lanes);
        if (gates == null) return;
        Lanes.Store(i, ref *gates, lanes);
        Lanes.Store(f, ref gates[units], lanes);
        Lanes.Store(g, ref gates[2 * units], lanes);
        Lanes.Store(o, ref gates[3 * units], lanes);
    }

    /// <summary>
    /// One sample's step back. On return <paramref name="dC"/> is the gradient of c before the step, and
    /// <paramref name="gates"/> holds the gradient of z.
    /// </summary>
    public static void Backward<V>(float* gates, float* before, float* after, float* sequence, float* dH, float* dC, int units)
        where V : struct, ISimd<V>
    {
        var one = V.Broadcast(1);
        for (var unit = 0; unit < units; unit += V.Count)
        {
            var lanes = units - unit;
            var i = Lanes.Load<V>(ref gates[unit], lanes);
            var f = Lanes.Load<V>(ref gates[units + unit], lanes);
            var g = Lanes.Load<V>(ref gates[2 * units + unit], lanes);
            var o = Lanes.Load<V>(ref gates[3 * units + unit], lanes);
            var tanh = SimdMath.Tanh(Lanes.Load<V>(ref after[unit], lanes));
            var dh = Lanes.Load<V>(ref dH[unit], lanes);
            if (sequence != null) dh += Lanes.Load<V>(ref sequence[unit], lanes);
            var dc = V.MultiplyAdd(dh * o, one - tanh * tanh, Lanes.Load<V>(ref dC[unit], lanes));
            Lanes.Store(dc * g * (i * (one - i)), ref gates[unit], lanes);
            Lanes.Store(dc * Lanes.Load<V>(ref before[unit], lanes) * (f * (one - f)), ref gates[units + unit], lanes);
            Lanes.Store(dc * i * (one - g * g), ref gates[2 * units + unit], lanes);
            Lanes.Store(dh * tanh * (o * (one - o)), ref gates[3 * units + unit], lanes);
            Lanes.Store(dc * f, ref dC[unit], lanes);
        }
    }
}
