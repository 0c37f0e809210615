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
        var i = V.Load(ref *z, 0) + V.Load(ref *bias, 0);
        var f = V.Load(ref *z, w) + V.Load(ref *bias, w);
        var g = V.Load(ref *z, 2 * w) + V.Load(ref *bias, 2 * w);
        var o = V.Load(ref *z, 3 * w) + V.Load(ref *bias, 3 * w);
        Activate(ref i, ref f, ref g, ref o);
        var next = V.MultiplyAdd(f, Lanes.Load<V>(c, lanes), i * g);
        Lanes.Store(next, nextC, lanes);
        Lanes.Store(o * SimdMath.Tanh(next), nextH, lanes);
        if (gates == null) return;
        Lanes.Store(i, gates, lanes);
        Lanes.Store(f, gates + units, lanes);
        Lanes.Store(g, gates + 2 * units, lanes);
        Lanes.Store(o, gates + 3 * units, lanes);
    }

    /// <summary>Puts the gates through their activations.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Activate<V>(ref V i, ref V f, ref V g, ref V o)
        where V : struct, ISimd<V>
    {
        i = SimdMath.Sigmoid(i);
        f = SimdMath.Sigmoid(f);
        g = SimdMath.Tanh(g);
        o = SimdMath.Sigmoid(o);
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
            var i = Lanes.Load<V>(gates + unit, lanes);
            var f = Lanes.Load<V>(gates + units + unit, lanes);
            var g = Lanes.Load<V>(gates + 2 * units + unit, lanes);
            var o = Lanes.Load<V>(gates + 3 * units + unit, lanes);
            var tanh = SimdMath.Tanh(Lanes.Load<V>(after + unit, lanes));
            var dh = Lanes.Load<V>(dH + unit, lanes);
            if (sequence != null) dh += Lanes.Load<V>(sequence + unit, lanes);
            var dc = V.MultiplyAdd(dh * o, one - tanh * tanh, Lanes.Load<V>(dC + unit, lanes));
            Lanes.Store(dc * g * (i * (one - i)), gates + unit, lanes);
            Lanes.Store(dc * Lanes.Load<V>(before + unit, lanes) * (f * (one - f)), gates + units + unit, lanes);
            Lanes.Store(dc * i * (one - g * g), gates + 2 * units + unit, lanes);
            Lanes.Store(dh * tanh * (o * (one - o)), gates + 3 * units + unit, lanes);
            Lanes.Store(dc * f, dC + unit, lanes);
        }
    }
}
