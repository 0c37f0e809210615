using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Unroll.Compute.Simd;

namespace Unroll.Compute.Recurrent;

/// <summary>
/// The forward pass of a recurrent layer over a whole sequence:
/// <code>
/// z = [x, h] · [kernel; recurrentKernel] + bias        (batch, gates·units)
/// states = elementwise(z, states)                      see <see cref="IRecurrentMath"/>
/// </code>
/// The kernels are packed once, so that the gates of a vector of units stand side by side. A step makes z for six
/// samples and a few vectors of units in registers and passes it through the gates while it is in the first-level cache; z as
/// a whole is never written. Samples do not depend on each other,
/// so threads share the batch and never wait for one another between steps. Without a tape the memory needed beyond input
/// and output does not depend on the number of steps.
/// A batch that does not fill a tile reads all weights for a few rows at every step. There the inputs of some steps go
/// through their kernel together, and a step adds the recurrent part: 1.4 times faster for an LSTM at (1, 15, 250, 200).
/// A step that the mask passes over is made like the others, and then its states are those before it.
/// </summary>
internal static unsafe class RecurrentForward
{
    // Below this many multiplications a second thread costs more than it gives (about 10 µs to start).
    private const long ParallelFrom = 3_000_000;

    // How many steps' inputs are multiplied together where the batch is small, in whole tiles, and from how many features on.
    private const int ProjectedSteps = 4 * MatrixTile.MaxRows;
    private const int ProjectFromFeatures = 32;

    /// <summary>As <see cref="RecurrentKernel.Forward"/>.</summary>
    public static void Run<TMath>(RecurrentLayout layout, in RecurrentInputs inputs, RecurrentTape? tape, in RecurrentOutputs outputs)
        where TMath : struct, IRecurrentMath
    {
        if (Vector512.IsHardwareAccelerated)
            Run<Simd512, TMath>(layout, inputs, tape, outputs);
        else if (Vector256.IsHardwareAccelerated)
            Run<Simd256, TMath>(layout, inputs, tape, outputs);
        else
            Run<Simd128, TMath>(layout, inputs, tape, outputs);
    }

    private static void Run<V, TMath>(RecurrentLayout layout, in RecurrentInputs inputs, RecurrentTape? tape, in RecurrentOutputs outputs)
        where V : struct, ISimd<V>
        where TMath : struct, IRecurrentMath
    {
        var weights = PackedMatrix.PackGates<V>(inputs.Kernel, inputs.RecurrentKernel, layout.Units, layout.Gates);
        var biases = TMath.KeepsProductsApart ? 2 : 1;
        var packedBias = PackBias(inputs.Bias, layout, V.Count, weights.Columns, biases);

        // Without a tape two blocks of rows take turns, and c is changed in place.
        var rows = tape?.Rows ?? ArrayPool<float>.Shared.Rent(2 * layout.Batch * layout.Depth);
        var projects = layout.Batch < MatrixTile.MaxRows && layout.Features >= ProjectFromFeatures && layout.Steps > 1;
        var projected = projects ? ArrayPool<float>.Shared.Rent(layout.Batch * ProjectedSteps * weights.Columns) : [];
        var keepsC = TMath.HasCellState && tape is null && !inputs.Mask.IsEmpty;
        var keptC = keepsC ? ArrayPool<float>.Shared.Rent(layout.Batch * layout.Units) : [];
        fixed (float* px = inputs.X, pc0 = inputs.C0, pWeights = weights.Values, pBias = packedBias, pMask = inputs.Mask)
        fixed (float* pRows = rows, pTapeC = tape?.C, pGates = tape?.Gates, pStateGates = tape?.StateGates)
        fixed (float* pSequence = outputs.Sequence, pLastH = outputs.H, pLastC = outputs.C, pProjected = projected, pKeptC = keptC)
        {
            for (var sample = 0; sample < layout.Batch; sample++)
            {
                var h = rows.AsSpan(sample * layout.Depth + layout.Features, layout.Units);
                if (inputs.H0.IsEmpty)
                    h.Clear();
                else
                    inputs.H0.Slice(sample * layout.Units, layout.Units).CopyTo(h);
            }

            if (inputs.C0.IsEmpty)
                outputs.C.Clear();
            else if (tape is null)
                inputs.C0.CopyTo(outputs.C);
            var job = new Job
            {
                Layout = layout,
                X = px,
                Mask = inputs.Mask.IsEmpty ? null : pMask,
                ZeroOutputForMask = inputs.ZeroOutputForMask,
                C0 = tape is null ? pLastC : pc0,
                Weights = pWeights,
                Bias = pBias,
                StateBias = pBias + (biases - 1) * weights.Columns,
                Projected = pProjected,
                Columns = weights.Columns,
                Rows = pRows,
                Blocks = tape is null ? 2 : layout.Steps + 1,
                C = tape is null ? pLastC : pTapeC,
                CBlock = tape is null ? 0 : layout.Batch * layout.Units,
                KeptC = pKeptC,
                Gates = pGates,
                StateGates = pStateGates,
                Sequence = outputs.Sequence.IsEmpty ? null : pSequence,
                LastH = pLastH,
            };
            if (Workers.Threads > 1 && layout.Batch > 1 && layout.StepWork * layout.Steps >= ParallelFrom)
                Share<V, TMath>(job);
            else
                Samples<V, TMath>(job, 0, layout.Batch);
            if (tape is not null && TMath.HasCellState)
                tape.C.AsSpan(^outputs.C.Length..).CopyTo(outputs.C);
        }

        if (tape is null)
            ArrayPool<float>.Shared.Return(rows);
        if (projects)
            ArrayPool<float>.Shared.Return(projected);
        if (keepsC)
            ArrayPool<float>.Shared.Return(keptC);
        ArrayPool<float>.Shared.Return(packedBias);
        weights.Return();
    }

    /// <summary>Each bias in the order of the packed kernels' columns; zeros where there is none.</summary>
    private static float[] PackBias(ReadOnlySpan<float> bias, RecurrentLayout layout, int lanes, int columns, int biases)
    {
        var (units, gates) = (layout.Units, layout.Gates);
        var packed = ArrayPool<float>.Shared.Rent(biases * columns);
        Array.Clear(packed);
        for (var unit = 0; unit < units && !bias.IsEmpty; unit++)
        {
            for (var gate = 0; gate < gates * biases; gate++)
                packed[gate / gates * columns + (unit / lanes * gates + gate % gates) * lanes + unit % lanes] = bias[gate * units + unit];
        }

        return packed;
    }

    private static void Share<V, TMath>(Job job)
        where V : struct, ISimd<V>
        where TMath : struct, IRecurrentMath
    {
        var threads = Math.Min(Workers.Threads, job.Layout.Batch);
        Workers.Run(threads, worker =>
            Samples<V, TMath>(job, worker * job.Layout.Batch / threads, (worker + 1) * job.Layout.Batch / threads));
    }

    /// <summary>Runs the whole sequence for some samples.</summary>
    private static void Samples<V, TMath>(in Job job, int from, int to)
        where V : struct, ISimd<V>
        where TMath : struct, IRecurrentMath
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
                if (job.KeptC != null)
                    Copy(job.C + (nint)sample * units, job.KeptC + (nint)sample * units, units);
            }

            if (job.Projected != null && step % ProjectedSteps == 0)
                Project<V>(job, step, from, to);
            Step<V, TMath>(job, step, from, to, rows, next);
            if (job.Mask != null)
                PassOver<TMath>(job, step, from, to, rows + features, next + features);
            if (job.Sequence != null)
                Put(job, step, from, to, next + features);
        }

        var last = job.Rows + (nint)(layout.Steps % job.Blocks) * block;
        for (var sample = from; sample < to; sample++)
            Copy(last + (nint)sample * depth + features, job.LastH + (nint)sample * units, units);
    }

    /// <summary>Puts the states of masked samples back as they were before the step.</summary>
    private static void PassOver<TMath>(in Job job, int step, int from, int to, float* h, float* nextH)
        where TMath : struct, IRecurrentMath
    {
        var (units, depth) = (job.Layout.Units, job.Layout.Depth);
        for (var sample = from; sample < to; sample++)
        {
            if (job.Counts(step, sample))
                continue;
            Copy(h + (nint)sample * depth, nextH + (nint)sample * depth, units);
            if (!TMath.HasCellState)
                continue;
            var before = job.KeptC != null ? job.KeptC : step == 0 ? job.C0 : job.C + (nint)(step - 1) * job.CBlock;
            Copy(before + (nint)sample * units, job.C + (nint)step * job.CBlock + (nint)sample * units, units);
        }
    }

    /// <summary>Writes the outputs of a step. Of a masked step that is the one before, and before the first one zeros.</summary>
    private static void Put(in Job job, int step, int from, int to, float* nextH)
    {
        var (layout, units) = (job.Layout, job.Layout.Units);
        for (var sample = from; sample < to; sample++)
        {
            var target = job.Sequence + ((nint)layout.OutputRow(step) + (nint)sample * layout.SampleStep) * units;
            if (job.Mask == null || job.Counts(step, sample))
                Copy(nextH + (nint)sample * layout.Depth, target, units);
            else if (job.ZeroOutputForMask || step == 0)
                new Span<float>(target, units).Clear();
            else
                Copy(target + (nint)(layout.OutputRow(step - 1) - layout.OutputRow(step)) * units, target, units);
        }
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
    private static void Step<V, TMath>(in Job job, int step, int from, int to, float* rows, float* next)
        where V : struct, ISimd<V>
        where TMath : struct, IRecurrentMath
    {
        var layout = job.Layout;
        var (units, depth, features) = (layout.Units, layout.Depth, layout.Features);
        var panelWidth = V.TileVectors * V.Count;

        // As few vectors of units as fill whole panels: one for four gates, four for three gates and panels of four vectors.
        var stripUnits = panelWidth / Common(TMath.Gates, V.TileVectors);
        var stripWidth = TMath.Gates * stripUnits;
        var buffer = stackalloc float[MatrixTile.MaxRows * stripWidth];
        var stateBuffer = stackalloc float[TMath.KeepsProductsApart ? MatrixTile.MaxRows * stripWidth : 0];
        var before = step == 0 ? job.C0 : job.C + (nint)(step - 1) * job.CBlock;
        var after = job.C + (nint)step * job.CBlock;

        // What the inputs gave is there already, or they are multiplied with the states, whose rows they share.
        var add = job.Projected != null;
        var zStep = add ? ProjectedSteps * job.Columns : stripWidth;
        for (var first = 0; first < units; first += stripUnits)
        {
            var columns = first * TMath.Gates;
            var width = Math.Min(stripWidth, job.Columns - columns);
            var weights = job.Weights + (nint)columns * depth;
            var stateWeights = weights + features * panelWidth;
            for (var sample = from; sample < to; sample += MatrixTile.MaxRows)
            {
                var count = Math.Min(MatrixTile.MaxRows, to - sample);
                var z = add ? job.Projected + ((nint)sample * ProjectedSteps + step % ProjectedSteps) * job.Columns + columns : buffer;
                var x = rows + (nint)sample * depth;
                var h = x + features;
                for (var column = 0; column < width; column += panelWidth)
                {
                    var panel = (nint)column * depth;
                    if (TMath.KeepsProductsApart)
                    {
                        if (!add)
                            MatrixTile.Run<V>(ref *x, depth, 1, ref weights[panel], ref z[column], zStep, count, features, accumulate: false);
                        MatrixTile.Run<V>(ref *h, depth, 1, ref stateWeights[panel], ref stateBuffer[column], stripWidth, count, units, accumulate: false);
                    }
                    else if (add)
                    {
                        MatrixTile.Run<V>(ref *h, depth, 1, ref stateWeights[panel], ref z[column], zStep, count, units, accumulate: true);
                    }
                    else
                    {
                        MatrixTile.Run<V>(ref *x, depth, 1, ref weights[panel], ref z[column], zStep, count, depth, accumulate: false);
                    }
                }

                for (var unit = first; unit < Math.Min(units, first + stripUnits); unit += V.Count)
                {
                    var (column, at) = ((unit - first) * TMath.Gates, (nint)sample * units + unit);
                    var taken = ((nint)step * layout.Batch + sample) * layout.Width + unit;
                    TMath.Forward<V>(new StepForward
                    {
                        Z = z + column,
                        ZStep = zStep,
                        StateZ = stateBuffer + column,
                        StateZStep = stripWidth,
                        Bias = job.Bias + columns + column,
                        StateBias = job.StateBias + columns + column,
                        H = h + unit,
                        NextH = next + (nint)sample * depth + features + unit,
                        HStep = depth,
                        C = before + at,
                        NextC = after + at,
                        Gates = job.Gates == null ? null : job.Gates + taken,
                        StateGates = job.StateGates == null ? null : job.StateGates + taken,
                        Units = units,
                        Lanes = Math.Min(V.Count, units - unit),
                        Samples = count,
                    });
                }
            }
        }
    }

    /// <summary>The greatest common divisor.</summary>
    private static int Common(int a, int b) => b == 0 ? a : Common(b, a % b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(float* source, float* target, int count) =>
        new ReadOnlySpan<float>(source, count).CopyTo(new Span<float>(target, count));

    /// <summary>The operands of a pass; the memory is pinned while it runs.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Job
    {
        public RecurrentLayout Layout;
        public float* X;

        /// <summary>0 for each row of the input that is passed over; or null.</summary>
        public float* Mask;
        public bool ZeroOutputForMask;
        public float* C0;
        public float* Weights;
        public float* Bias;
        public float* StateBias;

        /// <summary>The inputs' part of z, of each sample some steps, or null.</summary>
        public float* Projected;
        public int Columns;

        /// <summary>Blocks of rows (batch, features + units), used in turn.</summary>
        public float* Rows;
        public int Blocks;

        /// <summary>c after each step; with a block of length 0 all steps share one.</summary>
        public float* C;
        public int CBlock;

        /// <summary>c before the step, where all steps share one and some are masked; or null.</summary>
        public float* KeptC;
        public float* Gates;
        public float* StateGates;
        public float* Sequence;
        public float* LastH;

        public readonly bool Counts(int step, int sample) => Mask[Layout.InputRow(step) + (nint)sample * Layout.SampleStep] != 0;
    }
}
