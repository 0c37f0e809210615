using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Unroll.Compute.Simd;

namespace Unroll.Compute;

/// <summary>
/// The backward pass of an LSTM (backpropagation through time). Going back step by step gives the gradient of z for every
/// step; those of the weights are then single products over all steps:
/// <code>
/// do = dh * tanh(c');  dc += dh * o * (1 - tanh²(c'))
/// di = dc * g;  df = dc * c;  dg = dc * i;  each times the slope of its activation
/// [dx, dh](before) = dz · [kernel; recurrentKernel]ᵀ;  dc(before) = dc * f
/// </code>
/// Threads share the batch, as in the forward pass.
/// </summary>
internal static unsafe class LstmBackward
{
    private const long ParallelFrom = 3_000_000;

    /// <summary>
    /// Fills the gradients of the inputs and weights; an empty span asks for none. The gradients of z take the place of the
    /// tape's gates, so that nothing as large is needed beside it: a tape goes back once.
    /// </summary>
    public static void Run(
        LstmLayout layout,
        ReadOnlySpan<float> c0,
        ReadOnlySpan<float> kernel,
        ReadOnlySpan<float> recurrentKernel,
        LstmTape tape,
        LstmGradients gradients,
        Span<float> dX,
        Span<float> dH0,
        Span<float> dC0,
        Span<float> dKernel,
        Span<float> dRecurrentKernel,
        Span<float> dBias)
    {
        // dH0 and dC0 hold the gradient of the state while it travels back.
        Start(gradients.H, dH0);
        Start(gradients.C, dC0);
        if (Vector512.IsHardwareAccelerated)
            Run<Simd512>(layout, c0, kernel, recurrentKernel, tape, gradients, dX, dH0, dC0);
        else if (Vector256.IsHardwareAccelerated)
            Run<Simd256>(layout, c0, kernel, recurrentKernel, tape, gradients, dX, dH0, dC0);
        else
            Run<Simd128>(layout, c0, kernel, recurrentKernel, tape, gradients, dX, dH0, dC0);
        WeightGradients(layout, tape, dKernel, dRecurrentKernel, dBias);
    }

    private static void Run<V>(
        LstmLayout layout,
        ReadOnlySpan<float> c0,
        ReadOnlySpan<float> kernel,
        ReadOnlySpan<float> recurrentKernel,
        LstmTape tape,
        LstmGradients gradients,
        Span<float> dX,
        Span<float> dH,
        Span<float> dC)
        where V : struct, ISimd<V>
    {
        BackThroughTime<V>(layout, c0, recurrentKernel, tape, gradients, dH, dC);
        if (!dX.IsEmpty)
            InputGradient<V>(layout, kernel, tape.Gates, dX);
    }

    private static void BackThroughTime<V>(
        LstmLayout layout,
        ReadOnlySpan<float> c0,
        ReadOnlySpan<float> recurrentKernel,
        LstmTape tape,
        LstmGradients gradients,
        Span<float> dH,
        Span<float> dC)
        where V : struct, ISimd<V>
    {
        var toState = PackedMatrix.PackTransposed<V>(recurrentKernel, 4 * layout.Units, layout.Units);
        fixed (float* pc0 = c0, pC = tape.C, pGates = tape.Gates, pSequence = gradients.Sequence)
        fixed (float* pdH = dH, pdC = dC, pToState = toState.Values)
        {
            var job = new Job
            {
                Layout = layout,
                C0 = pc0,
                C = pC,
                Gates = pGates,
                Sequence = gradients.Sequence.IsEmpty ? null : pSequence,
                DH = pdH,
                DC = pdC,
                ToState = pToState,
            };
            if (Workers.Threads > 1 && layout.Batch > 1 && layout.StepWork * layout.Steps >= ParallelFrom)
                Share<V>(job);
            else
                Samples<V>(job, 0, layout.Batch);
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
    private static void WeightGradients(
        LstmLayout layout, LstmTape tape, Span<float> dKernel, Span<float> dRecurrentKernel, Span<float> dBias)
    {
        var (width, features, units) = (4 * layout.Units, layout.Features, layout.Units);
        var (rows, dZ) = (tape.Rows, tape.Gates);
        MatrixProduct.Multiply(rows, 1, layout.Depth, dZ, RightForm.Rows, dKernel, width, features, layout.Rows, width, accumulate: false);
        MatrixProduct.Multiply(
            rows.AsSpan(features), 1, layout.Depth, dZ, RightForm.Rows, dRecurrentKernel, width, units, layout.Rows, width, accumulate: false);
        if (dBias.IsEmpty)
            return;
        Sums.OfColumns(dZ, width, dBias);
    }

    /// <summary>The rows of a step lie apart in the input where samples come first: a product for each, its right side packed once.</summary>
    private static void InputGradient<V>(LstmLayout layout, ReadOnlySpan<float> kernel, ReadOnlySpan<float> dZ, Span<float> dX)
        where V : struct, ISimd<V>
    {
        var (width, features) = (4 * layout.Units, layout.Features);
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

    private static void Share<V>(Job job)
        where V : struct, ISimd<V>
    {
        var threads = Math.Min(Workers.Threads, job.Layout.Batch);
        Workers.Run(threads, worker => Samples<V>(job, worker * job.Layout.Batch / threads, (worker + 1) * job.Layout.Batch / threads));
    }

    /// <summary>Goes back through the whole sequence for some samples.</summary>
    private static void Samples<V>(in Job job, int from, int to)
        where V : struct, ISimd<V>
    {
        var layout = job.Layout;
        var (units, width) = (layout.Units, 4 * layout.Units);
        for (var step = layout.Steps - 1; step >= 0; step--)
        {
            var block = (nint)step * layout.Batch;
            var before = step == 0 ? job.C0 : job.C + (block - layout.Batch) * units;
            for (var sample = from; sample < to; sample++)
            {
                var sequence = job.Sequence == null
                    ? null
                    : job.Sequence + ((nint)layout.OutputRow(step) + (nint)sample * layout.SampleStep) * units;
                LstmGates.Backward<V>(
                    job.Gates + (block + sample) * width,
                    before + (nint)sample * units,
                    job.C + (block + sample) * units,
                    sequence,
                    job.DH + (nint)sample * units,
                    job.DC + (nint)sample * units,
                    units);
            }

            var product = new MatrixJob(
                job.Gates + (block + from) * width, width, 1, job.ToState, RightForm.Packed, width, units,
                job.DH + (nint)from * units, units, accumulate: false);
            MatrixProduct.Run(product, 0, to - from, 0, MatrixProduct.Panels(units));
        }
    }

    /// <summary>The operands of a pass; the memory is pinned while it runs.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Job
    {
        public LstmLayout Layout;
        public float* C0;
        public float* C;

        /// <summary>The gates, and after each step made back, the gradient of its z.</summary>
        public float* Gates;
        public float* Sequence;
        public float* DH;
        public float* DC;

        /// <summary>The recurrent kernel transposed, in panels.</summary>
        public float* ToState;
    }
}

/// <summary>
/// The gradients that come back to an LSTM: of the sequence of outputs, of the last h and of the last c. An empty span
/// stands for zeros.
/// </summary>
internal readonly ref struct LstmGradients(ReadOnlySpan<float> sequence, ReadOnlySpan<float> h, ReadOnlySpan<float> c)
{
    public ReadOnlySpan<float> Sequence { get; } = sequence;

    public ReadOnlySpan<float> H { get; } = h;

    public ReadOnlySpan<float> C { get; } = c;
}
