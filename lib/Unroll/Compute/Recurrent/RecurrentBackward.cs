using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Unroll.Compute.Simd;

namespace Unroll.Compute.Recurrent;

/// <summary>
/// The backward pass of a recurrent layer (backpropagation through time). Going back step by step gives the gradient of z for
/// every step; those of the weights are then single products over all steps:
/// <code>
/// dz, and the parts of dh and dc that pass z by, from the elementwise part: see <see cref="IRecurrentMath"/>
/// [dx, dh](before) += dz · [kernel; recurrentKernel]ᵀ
/// </code>
/// A step that the mask passed over hands the gradients of its states on. Threads share the batch, as in the forward pass.
/// </summary>
internal static unsafe class RecurrentBackward
{
    private const long ParallelFrom = 3_000_000;

    /// <summary>As <see cref="RecurrentKernel.Backward"/>.</summary>
    public static void Run<TMath>(
        RecurrentLayout layout, in RecurrentInputs inputs, RecurrentTape tape, in RecurrentOutputs outgoing, in RecurrentGradients gradients)
        where TMath : struct, IRecurrentMath
    {
        // These hold the gradient of the state while it travels back.
        Start(outgoing.H, gradients.H0);
        Start(outgoing.C, gradients.C0);
        if (Vector512.IsHardwareAccelerated)
            Run<Simd512, TMath>(layout, inputs, tape, outgoing.Sequence, gradients);
        else if (Vector256.IsHardwareAccelerated)
            Run<Simd256, TMath>(layout, inputs, tape, outgoing.Sequence, gradients);
        else
            Run<Simd128, TMath>(layout, inputs, tape, outgoing.Sequence, gradients);
        WeightGradients<TMath>(layout, tape, gradients);
    }

    private static void Run<V, TMath>(
        RecurrentLayout layout, in RecurrentInputs inputs, RecurrentTape tape, ReadOnlySpan<float> sequence, in RecurrentGradients gradients)
        where V : struct, ISimd<V>
        where TMath : struct, IRecurrentMath
    {
        BackThroughTime<V, TMath>(layout, inputs, tape, sequence, gradients);
        if (!gradients.X.IsEmpty)
            InputGradient<V>(layout, inputs.Kernel, tape.Gates, gradients.X);
    }

    private static void BackThroughTime<V, TMath>(
        RecurrentLayout layout, in RecurrentInputs inputs, RecurrentTape tape, ReadOnlySpan<float> sequence, in RecurrentGradients gradients)
        where V : struct, ISimd<V>
        where TMath : struct, IRecurrentMath
    {
        var toState = PackedMatrix.PackTransposed<V>(inputs.RecurrentKernel, layout.Width, layout.Units);
        fixed (float* pc0 = inputs.C0, pMask = inputs.Mask, pRows = tape.Rows, pC = tape.C, pGates = tape.Gates, pStateGates = tape.StateGates)
        fixed (float* pSequence = sequence, pdH = gradients.H0, pdC = gradients.C0, pToState = toState.Values)
        {
            var job = new Job
            {
                Layout = layout,
                Mask = inputs.Mask.IsEmpty ? null : pMask,
                ZeroOutputForMask = inputs.ZeroOutputForMask,
                Rows = pRows,
                C0 = pc0,
                C = pC,
                Gates = pGates,
                StateGates = pStateGates,
                Sequence = sequence.IsEmpty ? null : pSequence,
                DH = pdH,
                DC = pdC,
                ToState = pToState,
            };
            if (Workers.Threads > 1 && layout.Batch > 1 && layout.StepWork * layout.Steps >= ParallelFrom)
                Share<V, TMath>(job);
            else
                Samples<V, TMath>(job, 0, layout.Batch);
        }

        toState.Return();
    }

    private static void Start(ReadOnlySpan<float> gradient, Span<float> state)
    {
        if (gradient.IsEmpty)
            state.Clear();
        else
            gradient.CopyTo(state);
    }

    /// <summary>One product over all steps for each kernel: rows before each step, turned, times the gradients of z.</summary>
    private static void WeightGradients<TMath>(RecurrentLayout layout, RecurrentTape tape, in RecurrentGradients gradients)
        where TMath : struct, IRecurrentMath
    {
        var (width, features, units) = (layout.Width, layout.Features, layout.Units);
        var (rows, dZ, dStateZ) = (tape.Rows, tape.Gates, TMath.KeepsProductsApart ? tape.StateGates : tape.Gates);
        MatrixProduct.Multiply(
            rows, 1, layout.Depth, dZ, RightForm.Rows, gradients.Kernel, width, features, layout.Rows, width, accumulate: false);
        MatrixProduct.Multiply(
            rows.AsSpan(features), 1, layout.Depth, dStateZ, RightForm.Rows, gradients.RecurrentKernel, width, units, layout.Rows, width,
            accumulate: false);
        if (gradients.Bias.IsEmpty)
            return;
        Sums.OfColumns(dZ, width, gradients.Bias);
        if (TMath.KeepsProductsApart)
            Sums.OfColumns(dStateZ, width, gradients.Bias[width..]);
    }

    /// <summary>The rows of a step lie apart in the input where samples come first: a product for each, its right side packed once.</summary>
    private static void InputGradient<V>(RecurrentLayout layout, ReadOnlySpan<float> kernel, ReadOnlySpan<float> dZ, Span<float> dX)
        where V : struct, ISimd<V>
    {
        var (width, features) = (layout.Width, layout.Features);
        var packed = PackedMatrix.PackTransposed<V>(kernel, width, features);
        fixed (float* pZ = dZ, pKernel = packed.Values, pX = dX)
        {
            var (z, right, x) = ((nint)pZ, (nint)pKernel, (nint)pX);
            var threads = layout.StepWork * layout.Steps >= ParallelFrom ? Math.Min(Workers.Threads, layout.Steps) : 1;
            if (threads > 1)
                Workers.Run(threads, worker => Steps(worker * layout.Steps / threads, (worker + 1) * layout.Steps / threads));
            else
                Steps(0, layout.Steps);

            void Steps(int from, int to)
            {
                for (var step = from; step < to; step++)
                {
                    var left = (float*)z + (nint)step * layout.Batch * width;
                    var result = (float*)x + (nint)layout.InputRow(step) * features;
                    var product = new MatrixJob(
                        left, width, 1, (float*)right, RightForm.Packed, width, features, result, layout.SampleStep * features, accumulate: false);
                    MatrixProduct.Run(product, 0, layout.Batch, 0, MatrixProduct.Panels(features));
                }
            }
        }

        packed.Return();
    }

    private static void Share<V, TMath>(Job job)
        where V : struct, ISimd<V>
        where TMath : struct, IRecurrentMath
    {
        var threads = Math.Min(Workers.Threads, job.Layout.Batch);
        Workers.Run(threads, worker =>
            Samples<V, TMath>(job, worker * job.Layout.Batch / threads, (worker + 1) * job.Layout.Batch / threads));
    }

    /// <summary>Goes back through the whole sequence for some samples.</summary>
    private static void Samples<V, TMath>(in Job job, int from, int to)
        where V : struct, ISimd<V>
        where TMath : struct, IRecurrentMath
    {
        var layout = job.Layout;
        var (units, width) = (layout.Units, layout.Width);
        for (var step = layout.Steps - 1; step >= 0; step--)
        {
            var block = (nint)step * layout.Batch;
            for (var sample = from; sample < to; sample++)
            {
                var sequence = job.Sequence == null
                    ? null
                    : job.Sequence + ((nint)layout.OutputRow(step) + (nint)sample * layout.SampleStep) * units;
                if (job.Mask == null || job.Counts(step, sample))
                    Step<V, TMath>(job, step, sample, sequence);
                else
                    PassOver<TMath>(job, step, sample, sequence);
            }

            var gates = TMath.KeepsProductsApart ? job.StateGates : job.Gates;
            var product = new MatrixJob(
                gates + (block + from) * width, width, 1, job.ToState, RightForm.Packed, width, units,
                job.DH + (nint)from * units, units, accumulate: true);
            MatrixProduct.Run(product, 0, to - from, 0, MatrixProduct.Panels(units));
        }
    }

    private static void Step<V, TMath>(in Job job, int step, int sample, float* sequence)
        where V : struct, ISimd<V>
        where TMath : struct, IRecurrentMath
    {
        var layout = job.Layout;
        var (units, row, state) = (layout.Units, (nint)step * layout.Batch + sample, (nint)sample * layout.Units);
        var h = job.Rows + row * layout.Depth + layout.Features;
        TMath.Backward<V>(new StepBackward
        {
            Gates = job.Gates + row * layout.Width,
            StateGates = job.StateGates + row * layout.Width,
            H = h,
            NextH = h + (nint)layout.Batch * layout.Depth,
            C = step == 0 ? job.C0 + state : job.C + (row - layout.Batch) * units,
            NextC = job.C + row * units,
            Sequence = sequence,
            DH = job.DH + state,
            DC = job.DC + state,
            Units = units,
        });
    }

    /// <summary>
    /// No gradient for z. That of the output, which was the one before, goes to the state before; there is none where the
    /// output was zeros: by wish, or since no step that counts came before.
    /// </summary>
    private static void PassOver<TMath>(in Job job, int step, int sample, float* sequence)
        where TMath : struct, IRecurrentMath
    {
        var layout = job.Layout;
        var row = (nint)step * layout.Batch + sample;
        new Span<float>(job.Gates + row * layout.Width, layout.Width).Clear();
        if (TMath.KeepsProductsApart)
            new Span<float>(job.StateGates + row * layout.Width, layout.Width).Clear();
        if (sequence == null || job.ZeroOutputForMask || !job.CountedBefore(step, sample))
            return;
        var dH = job.DH + (nint)sample * layout.Units;
        for (var unit = 0; unit < layout.Units; unit++)
            dH[unit] += sequence[unit];
    }

    /// <summary>The operands of a pass; the memory is pinned while it runs.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Job
    {
        public RecurrentLayout Layout;

        /// <summary>0 for each row of the input that is passed over; or null.</summary>
        public float* Mask;
        public bool ZeroOutputForMask;
        public float* Rows;
        public float* C0;
        public float* C;

        /// <summary>The gates, and after each step made back, the gradient of its z.</summary>
        public float* Gates;
        public float* StateGates;
        public float* Sequence;
        public float* DH;
        public float* DC;

        /// <summary>The recurrent kernel transposed, in panels.</summary>
        public float* ToState;

        public readonly bool Counts(int step, int sample) => Mask[Layout.InputRow(step) + (nint)sample * Layout.SampleStep] != 0;

        public readonly bool CountedBefore(int step, int sample)
        {
            while (--step >= 0)
                if (Counts(step, sample))
                    return true;
            return false;
        }
    }
}
