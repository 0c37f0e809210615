using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Unroll.Compute.Simd;

namespace Unroll.Compute.Recurrent;

/// <summary>
/// The forward pass of <see cref="RecurrentForward"/> for layers so small that a vector holds all units: four vectors hold the
/// gates, and no row is copied. The narrowest vector that is wide enough does it, two samples at a time, since a step waits
/// for the one before and leaves the machine idle half of the time. At (2, 9, 3, 5) this takes 0.7 µs, where tiles took 2.1.
/// </summary>
internal static unsafe class LstmSmall
{
    // Below this many multiplications a second thread costs more than it gives (about 10 µs to start).
    private const long ParallelFrom = 500_000;

    /// <summary>Whether a vector holds so many units.</summary>
    public static bool Handles(int units) =>
        units <= (Vector512.IsHardwareAccelerated ? Simd512.Count : Vector256.IsHardwareAccelerated ? Simd256.Count : Simd128.Count);

    /// <summary>As <see cref="RecurrentKernel.Forward"/>.</summary>
    public static void Run(RecurrentLayout layout, in RecurrentInputs inputs, RecurrentTape? tape, in RecurrentOutputs outputs)
    {
        if (layout.Units <= Simd128.Count)
            Run<Simd128>(layout, inputs, tape, outputs);
        else if (layout.Units <= Simd256.Count)
            Run<Simd256>(layout, inputs, tape, outputs);
        else
            Run<Simd512>(layout, inputs, tape, outputs);
    }

    private static void Run<V>(RecurrentLayout layout, in RecurrentInputs inputs, RecurrentTape? tape, in RecurrentOutputs outputs)
        where V : struct, ISimd<V>
    {
        var group = 4 * V.Count;
        var buffer = ArrayPool<float>.Shared.Rent((layout.Depth + 1) * group + CacheLine.Numbers);
        fixed (float* start = buffer, px = inputs.X, pH0 = inputs.H0, pC0 = inputs.C0)
        fixed (float* pKernel = inputs.Kernel, pRecurrent = inputs.RecurrentKernel, pBias = inputs.Bias)
        fixed (float* pRows = tape?.Rows, pC = tape?.C, pGates = tape?.Gates)
        fixed (float* pSequence = outputs.Sequence, pLastH = outputs.H, pLastC = outputs.C)
        {
            var weights = CacheLine.Align(start);
            Spread<V>(pKernel, layout.Features, layout.Units, weights);
            Spread<V>(pRecurrent, layout.Units, layout.Units, weights + layout.Features * group);
            if (inputs.Bias.IsEmpty)
                new Span<float>(weights + layout.Depth * group, group).Clear();
            else
                Spread<V>(pBias, 1, layout.Units, weights + layout.Depth * group);

            var job = new Job
            {
                Layout = layout,
                X = px,
                H0 = inputs.H0.IsEmpty ? null : pH0,
                C0 = inputs.C0.IsEmpty ? null : pC0,
                Weights = weights,
                Rows = pRows,
                C = pC,
                Gates = pGates,
                Sequence = outputs.Sequence.IsEmpty ? null : pSequence,
                LastH = pLastH,
                LastC = pLastC,
            };
            if (Workers.Threads > 1 && layout.Batch > 2 && layout.StepWork * layout.Steps >= ParallelFrom)
                Share<V>(job);
            else
                Samples<V>(job, 0, layout.Batch);
        }

        ArrayPool<float>.Shared.Return(buffer);
    }

    /// <summary>
    /// Gives each gate of a row a vector of its own. Behind the units stands what came next in the row: those lanes make
    /// numbers that nobody looks at.
    /// </summary>
    private static void Spread<V>(float* source, int rows, int units, float* target)
        where V : struct, ISimd<V>
    {
        var left = rows * 4 * units;
        for (; left > 0; left -= units)
        {
            V.Store(Lanes.Load<V>(source, left), ref *target, 0);
            source += units;
            target += V.Count;
        }
    }

    private static void Share<V>(Job job)
        where V : struct, ISimd<V>
    {
        var pairs = (job.Layout.Batch + 1) / 2;
        var threads = Math.Min(Workers.Threads, pairs);
        Workers.Run(threads, worker =>
            Samples<V>(job, worker * pairs / threads * 2, Math.Min(job.Layout.Batch, (worker + 1) * pairs / threads * 2)));
    }

    private static void Samples<V>(in Job job, int from, int to)
        where V : struct, ISimd<V>
    {
        var sample = from;
        for (; sample + 2 <= to; sample += 2)
            Sequence<V, Two>(job, sample);
        if (sample < to)
            Sequence<V, One>(job, sample);
    }

    /// <summary>Takes one sample, or two neighbours, through all steps.</summary>
    [SkipLocalsInit]
    private static void Sequence<V, TSamples>(in Job job, int sample)
        where V : struct, ISimd<V>
        where TSamples : struct, ICount
    {
        var layout = job.Layout;
        var (units, features) = (layout.Units, layout.Features);
        var w = (nuint)V.Count;

        // Of each sample h, c and z.
        var group = 4 * V.Count;
        var memory = stackalloc float[2 * 6 * V.Count + CacheLine.Numbers];
        float* h = CacheLine.Align(memory), z = h + 2 * V.Count, otherH = z + group, otherZ = otherH + 2 * V.Count;
        Begin<V>(job, sample, h);
        if (TSamples.Value > 1)
            Begin<V>(job, sample + 1, otherH);

        var bias = job.Weights + (nint)layout.Depth * group;
        for (var step = 0; step < layout.Steps; step++)
        {
            var x = job.X + ((nint)layout.InputRow(step) + (nint)sample * layout.SampleStep) * features;
            V i = V.Load(ref *bias, 0), f = V.Load(ref *bias, w), g = V.Load(ref *bias, 2 * w), o = V.Load(ref *bias, 3 * w);
            V otherI = i, otherF = f, otherG = g, otherO = o;
            var line = job.Weights;
            float* source = x, otherSource = x + (nint)layout.SampleStep * features;
            var count = features;
            for (var part = 0; part < 2; part++)
            {
                for (var k = 0; k < count; k++)
                {
                    V wi = V.Load(ref *line, 0), wf = V.Load(ref *line, w), wg = V.Load(ref *line, 2 * w), wo = V.Load(ref *line, 3 * w);
                    line += group;
                    var number = V.Broadcast(source[k]);
                    i = V.MultiplyAdd(number, wi, i);
                    f = V.MultiplyAdd(number, wf, f);
                    g = V.MultiplyAdd(number, wg, g);
                    o = V.MultiplyAdd(number, wo, o);
                    if (TSamples.Value > 1)
                    {
                        number = V.Broadcast(otherSource[k]);
                        otherI = V.MultiplyAdd(number, wi, otherI);
                        otherF = V.MultiplyAdd(number, wf, otherF);
                        otherG = V.MultiplyAdd(number, wg, otherG);
                        otherO = V.MultiplyAdd(number, wo, otherO);
                    }
                }

                source = h;
                otherSource = otherH;
                count = units;
            }

            V.Store(i, ref *z, 0);
            V.Store(f, ref *z, w);
            V.Store(g, ref *z, 2 * w);
            V.Store(o, ref *z, 3 * w);
            if (TSamples.Value > 1)
            {
                V.Store(otherI, ref *otherZ, 0);
                V.Store(otherF, ref *otherZ, w);
                V.Store(otherG, ref *otherZ, 2 * w);
                V.Store(otherO, ref *otherZ, 3 * w);
            }

            End<V>(job, step, sample, x, h);
            if (TSamples.Value > 1)
                End<V>(job, step, sample + 1, x + (nint)layout.SampleStep * features, otherH);
        }

        Finish<V>(job, sample, h);
        if (TSamples.Value > 1)
            Finish<V>(job, sample + 1, otherH);
    }

    private static void Begin<V>(in Job job, int sample, float* h)
        where V : struct, ISimd<V>
    {
        var units = job.Layout.Units;
        V.Store(job.H0 == null ? V.Broadcast(0) : Lanes.Load<V>(job.H0 + (nint)sample * units, units), ref *h, 0);
        V.Store(job.C0 == null ? V.Broadcast(0) : Lanes.Load<V>(job.C0 + (nint)sample * units, units), ref h[V.Count], 0);
    }

    /// <summary>The gates of one sample, and what is kept of its step.</summary>
    private static void End<V>(in Job job, int step, int sample, float* x, float* h)
        where V : struct, ISimd<V>
    {
        if (job.Rows == null)
            Advance<V>(h);
        else
            Taped<V>(job, (nint)step * job.Layout.Batch + sample, x, h);
        if (job.Sequence == null)
            return;
        var target = job.Sequence + ((nint)job.Layout.OutputRow(step) + (nint)sample * job.Layout.SampleStep) * job.Layout.Units;
        Lanes.Store(V.Load(ref *h, 0), target, job.Layout.Units);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Advance<V>(float* h)
        where V : struct, ISimd<V>
    {
        var w = (nuint)V.Count;
        var (c, next) = LstmMath.Infer(
            V.Load(ref *h, 2 * w), V.Load(ref *h, 3 * w), V.Load(ref *h, 4 * w), V.Load(ref *h, 5 * w), V.Load(ref *h, w));
        V.Store(next, ref *h, 0);
        V.Store(c, ref *h, w);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static void Taped<V>(in Job job, nint row, float* x, float* h)
        where V : struct, ISimd<V>
    {
        var (units, features) = (job.Layout.Units, job.Layout.Features);
        var target = job.Rows + row * job.Layout.Depth;
        for (var k = 0; k < features; k++)
            target[k] = x[k];
        Lanes.Store(V.Load(ref *h, 0), target + features, units);

        var w = (nuint)V.Count;
        var i = SimdMath.Sigmoid(V.Load(ref *h, 2 * w));
        var f = SimdMath.Sigmoid(V.Load(ref *h, 3 * w));
        var g = SimdMath.Tanh(V.Load(ref *h, 4 * w));
        var o = SimdMath.Sigmoid(V.Load(ref *h, 5 * w));
        var c = V.MultiplyAdd(f, V.Load(ref *h, w), i * g);
        V.Store(o * SimdMath.Tanh(c), ref *h, 0);
        V.Store(c, ref *h, w);
        Lanes.Store(c, job.C + row * units, units);
        var gates = job.Gates + row * 4 * units;
        Lanes.Store(i, gates, units);
        Lanes.Store(f, gates + units, units);
        Lanes.Store(g, gates + 2 * units, units);
        Lanes.Store(o, gates + 3 * units, units);
    }

    private static void Finish<V>(in Job job, int sample, float* h)
        where V : struct, ISimd<V>
    {
        var (units, last) = (job.Layout.Units, V.Load(ref *h, 0));
        Lanes.Store(last, job.LastH + (nint)sample * units, units);
        Lanes.Store(V.Load(ref h[V.Count], 0), job.LastC + (nint)sample * units, units);
        if (job.Rows != null)
            Lanes.Store(last, job.Rows + ((nint)job.Layout.Rows + sample) * job.Layout.Depth + job.Layout.Features, units);
    }

    /// <summary>The operands of a pass; the memory is pinned while it runs.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Job
    {
        public RecurrentLayout Layout;
        public float* X;
        public float* H0;
        public float* C0;

        /// <summary>Of each row of both kernels, and then of the bias, a vector for each gate.</summary>
        public float* Weights;

        /// <summary>The tape's rows, c and gates, or null.</summary>
        public float* Rows;
        public float* C;
        public float* Gates;
        public float* Sequence;
        public float* LastH;
        public float* LastC;
    }
}
