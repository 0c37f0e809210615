using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Unroll.Compute.Simd;

namespace Unroll.Compute;

/// <summary>
/// The forward pass of an LSTM over a whole sequence:
/// <code>
/// z = [x, h] · [kernel; recurrentKernel] + bias        (batch, 4·units), gates i, f, g, o
/// c' = σ(f) * c + σ(i) * tanh(g);  h' = σ(o) * tanh(c')
/// </code>
/// The kernels are packed once, so that the four gates of a vector of units stand side by side. A step makes z for six
/// samples and one vector of units in registers and passes it through the gates while it is in the first-level cache; z as
/// a whole is never written. Samples do not depend on each other,
/// so threads share the batch and never wait for one another between steps. Without a tape the memory needed beyond input
/// and output does not depend on the number of steps.
/// A batch that does not fill a tile reads all weights for a few rows at every step. There the inputs of some steps go
/// through their kernel together, and a step adds the recurrent part: 1.4 times faster at (1, 15, 250, 200).
/// </summary>
internal static unsafe class LstmForward
{
    // Below this many multiplications a second thread costs more than it gives (about 10 µs to start).
    private const long ParallelFrom = 3_000_000;

    // How many steps' inputs are multiplied together where the batch is small, in whole tiles, and from how many features on.
    private const int ProjectedSteps = 4 * MatrixTile.MaxRows;
    private const int ProjectFromFeatures = 32;

    /// <summary>
    /// Fills <paramref name="sequence"/> unless it is empty, <paramref name="lastH"/> and <paramref name="lastC"/>, and the
    /// tape where there is one. An empty bias stands for none; empty states, which go with no tape, for zeros.
    /// </summary>
    public static void Run(
        LstmLayout layout,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> h0,
        ReadOnlySpan<float> c0,
        ReadOnlySpan<float> kernel,
        ReadOnlySpan<float> recurrentKernel,
        ReadOnlySpan<float> bias,
        LstmTape? tape,
        Span<float> sequence,
        Span<float> lastH,
        Span<float> lastC)
    {
        if (LstmSmall.Handles(layout.Units))
            LstmSmall.Run(layout, x, h0, c0, kernel, recurrentKernel, bias, tape, sequence, lastH, lastC);
        else if (Vector512.IsHardwareAccelerated)
            Run<Simd512>(layout, x, h0, c0, kernel, recurrentKernel, bias, tape, sequence, lastH, lastC);
        else if (Vector256.IsHardwareAccelerated)
            Run<Simd256>(layout, x, h0, c0, kernel, recurrentKernel, bias, tape, sequence, lastH, lastC);
        else
            Run<Simd128>(layout, x, h0, c0, kernel, recurrentKernel, bias, tape, sequence, lastH, lastC);
    }

    private static void Run<V>(
        LstmLayout layout,
        ReadOnlySpan<float> x,
        ReadOnlySpan<float> h0,
        ReadOnlySpan<float> c0,
        ReadOnlySpan<float> kernel,
        ReadOnlySpan<float> recurrentKernel,
        ReadOnlySpan<float> bias,
        LstmTape? tape,
        Span<float> sequence,
        Span<float> lastH,
        Span<float> lastC)
        where V : struct, ISimd<V>
    {
        var weights = PackedMatrix.PackGates<V>(kernel, recurrentKernel, layout.Units);
        var packedBias = PackBias(bias, layout.Units, V.Count);

        // Without a tape two blocks of rows take turns, and c is changed in place.
        var rows = tape?.Rows ?? ArrayPool<float>.Shared.Rent(2 * layout.Batch * layout.Depth);
        var projects = layout.Batch < MatrixTile.MaxRows && layout.Features >= ProjectFromFeatures && layout.Steps > 1;
        var projected = projects ? ArrayPool<float>.Shared.Rent(layout.Batch * ProjectedSteps * weights.Columns) : [];
        fixed (float* px = x, pc0 = c0, pWeights = weights.Values, pBias = packedBias)
        fixed (float* pRows = rows, pTapeC = tape?.C, pGates = tape?.Gates, pSequence = sequence, pLastH = lastH, pLastC = lastC)
        fixed (float* pProjected = projected)
        {
            for (var sample = 0; sample < layout.Batch; sample++)
            {
                var h = rows.AsSpan(sample * layout.Depth + layout.Features, layout.Units);
                if (h0.IsEmpty)
                    h.Clear();
                else
                    h0.Slice(sample * layout.Units, layout.Units).CopyTo(h);
            }

            if (c0.IsEmpty)
                lastC.Clear();
            else if (tape is null)
                c0.CopyTo(lastC);
            var job = new Job
            {
                Layout = layout,
                X = px,
                C0 = tape is null ? pLastC : pc0,
                Weights = pWeights,
                Bias = pBias,
                Projected = pProjected,
                Columns = weights.Columns,
                Rows = pRows,
                Blocks = tape is null ? 2 : layout.Steps + 1,
                C = tape is null ? pLastC : pTapeC,
                CBlock = tape is null ? 0 : layout.Batch * layout.Units,
                Gates = pGates,
                Sequence = sequence.IsEmpty ? null : pSequence,
                LastH = pLastH,
            };
            if (Workers.Threads > 1 && layout.Batch > 1 && layout.StepWork * layout.Steps >= ParallelFrom)
                Share<V>(job);
            else
                Samples<V>(job, 0, layout.Batch);
            if (tape is not null)
                tape.C.AsSpan(^lastC.Length..).CopyTo(lastC);
        }

        if (tape is null)
            ArrayPool<float>.Shared.Return(rows);
        if (projects)
            ArrayPool<float>.Shared.Return(projected);
        ArrayPool<float>.Shared.Return(packedBias);
        weights.Return();
    }

    /// <summary>The bias in the order of the packed kernels' columns; zeros where there is none.</summary>
    private static float[] PackBias(ReadOnlySpan<float> bias, int units, int lanes)
    {
        var packed = ArrayPool<float>.Shared.Rent((units + lanes - 1) / lanes * 4 * lanes);
        Array.Clear(packed);
        for (var unit = 0; unit < units && !bias.IsEmpty; unit++)
        {
            for (var gate = 0; gate < 4; gate++)
                packed[(unit / lanes * 4 + gate) * lanes + unit % lanes] = bias[gate * units + unit];
        }

        return packed;
    }

    private static void Share<V>(Job job)
        where V : struct, ISimd<V>
    {
        var threads = Math.Min(Workers.Threads, job.Layout.Batch);
        Workers.Run(threads, worker => Samples<V>(job, worker * job.Layout.Batch / threads, (worker + 1) * job.Layout.Batch / threads));
    }

    /// <summary>Runs the whole sequence for some samples.</summary>
    private static void Samples<V>(in Job job, int from, int to)
        where V : struct, ISimd<V>
    {
        var layout = job.Layout;
        var (units, features, depth) = (layout.Units, layout.Features, layout.Depth);
        var block = layout.Batch * depth;
        for (var step = 0; step < layout.Steps; step++)
        {
            var rows = job.Rows + (nint)(step % job.Blocks) * block;
            var next = job.Rows + (nint)((step + 1) % job.Blocks) * block;
            for (var sample = from; sample < to; sample++)
            {
                var source = job.X + ((nint)layout.InputRow(step) + (nint)sample * layout.SampleStep) * features;
                Copy(source, rows + (nint)sample * depth, features);
            }

            if (job.Projected != null && step % ProjectedSteps == 0)
                Project<V>(job, step, from, to);
            Step<V>(job, step, from, to, rows, next);
            if (job.Sequence != null)
            {
                for (var sample = from; sample < to; sample++)
                {
                    var target = job.Sequence + ((nint)layout.OutputRow(step) + (nint)sample * layout.SampleStep) * units;
                    Copy(next + (nint)sample * depth + features, target, units);
                }
            }
        }

        var last = job.Rows + (nint)(layout.Steps % job.Blocks) * block;
        for (var sample = from; sample < to; sample++)
            Copy(last + (nint)sample * depth + features, job.LastH + (nint)sample * units, units);
    }

    /// <summary>Makes the inputs' part of z for some steps of some samples.</summary>
    private static void Project<V>(in Job job, int step, int from, int to)
        where V : struct, ISimd<V>
    {
        var layout = job.Layout;
        var (features, panelWidth) = (layout.Features, V.TileVectors * V.Count);
        var steps = Math.Min(ProjectedSteps, layout.Steps - step);
        var inputStep = (layout.InputRow(1) - layout.InputRow(0)) * features;
        for (var column = 0; column < job.Columns; column += panelWidth)
        {
            for (var sample = from; sample < to; sample++)
            {
                for (var done = 0; done < steps; done += MatrixTile.MaxRows)
                {
                    var x = job.X + ((nint)layout.InputRow(step + done) + (nint)sample * layout.SampleStep) * features;
                    var z = job.Projected + ((nint)sample * ProjectedSteps + done) * job.Columns + column;
                    MatrixTile.Run<V>(
                        ref *x,
                        inputStep,
                        1,
                        ref job.Weights[(nint)column * layout.Depth],
                        ref *z,
                        job.Columns,
                        Math.Min(MatrixTile.MaxRows, steps - done),
                        features,
                        accumulate: false);
                }
            }
        }
    }

    [SkipLocalsInit]
    private static void Step<V>(in Job job, int step, int from, int to, float* rows, float* next)
        where V : struct, ISimd<V>
    {
        var layout = job.Layout;
        var (units, depth) = (layout.Units, layout.Depth);
        var (groupWidth, panelWidth) = (4 * V.Count, V.TileVectors * V.Count);
        var buffer = stackalloc float[MatrixTile.MaxRows * groupWidth];
        var before = step == 0 ? job.C0 : job.C + (nint)(step - 1) * job.CBlock;
        var after = job.C + (nint)step * job.CBlock;

        // What the inputs gave is there already, or they are multiplied with the states, whose rows they share.
        var add = job.Projected != null;
        var skipped = add ? layout.Features : 0;
        var zStep = add ? ProjectedSteps * job.Columns : groupWidth;
        for (var unit = 0; unit < units; unit += V.Count)
        {
            var weights = job.Weights + (nint)unit * 4 * depth + skipped * panelWidth;
            for (var sample = from; sample < to; sample += MatrixTile.MaxRows)
            {
                var count = Math.Min(MatrixTile.MaxRows, to - sample);
                var z = add ? job.Projected + ((nint)sample * ProjectedSteps + step % ProjectedSteps) * job.Columns + unit * 4 : buffer;
                var left = rows + (nint)sample * depth + skipped;
                for (var column = 0; column < groupWidth; column += panelWidth)
                    MatrixTile.Run<V>(ref *left, depth, 1, ref weights[(nint)column * depth], ref z[column], zStep, count, depth - skipped, add);

                var at = (nint)sample * units + unit;
                LstmGates.Forward<V>(
                    z,
                    zStep,
                    job.Bias + unit * 4,
                    before + at,
                    after + at,
                    next + (nint)sample * depth + layout.Features + unit,
                    depth,
                    job.Gates == null ? null : job.Gates + ((nint)step * layout.Batch + sample) * 4 * units + unit,
                    units,
                    Math.Min(V.Count, units - unit),
                    count);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(float* source, float* target, int count) =>
        new ReadOnlySpan<float>(source, count).CopyTo(new Span<float>(target, count));

    /// <summary>The operands of a pass; the memory is pinned while it runs.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Job
    {
        public LstmLayout Layout;
        public float* X;
        public float* C0;
        public float* Weights;
        public float* Bias;

        /// <summary>The inputs' part of z, of each sample some steps, or null.</summary>
        public float* Projected;
        public int Columns;

        /// <summary>Blocks of rows (batch, features + units), used in turn.</summary>
        public float* Rows;
        public int Blocks;

        /// <summary>c after each step; with a block of length 0 all steps share one.</summary>
        public float* C;
        public int CBlock;
        public float* Gates;
        public float* Sequence;
        public float* LastH;
    }
}
