using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Unroll.Kernels.Simd;

namespace Unroll.Kernels;

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

    /// <summary>Fills the gradients of the inputs and weights; an empty span asks for none.</summary>
    public static void Run(
        LstmLayout layout,
        ReadOnlySpan<float> c0,
        ReadOnlySpan<float> kernel,
        ReadOnlySpan<float> recurrentKernel,
        LstmTrace trace,
        LstmGradients gradients,
        Span<float> dX,
        Span<float> dH0,
        Span<float> dC0,
        Span<float> dKernel,
        Span<float> dRecurrentKernel,
        Span<float> dBias)
    {
        var (units, width, depth) = (layout.Units, 4 * layout.Units, layout.Depth);
        var dZ = ArrayPool<float>.Shared.Rent(layout.Rows * width);
        var toState = PackedMatrix.PackTransposed(recurrentKernel, width, units, MatrixProduct.PanelWidth);

        // dH0 and dC0 hold the gradient of the state while it travels back.
        Start(gradients.H, dH0);
        Start(gradients.C, dC0);
        fixed (float* pc0 = c0, pC = trace.C, pGates = trace.Gates, pSequence = gradients.Sequence)
        fixed (float* pH = dH0, pdC = dC0, pZ = dZ, pToState = toState.Values)
        {
            var job = new Job
            {
                Layout = layout,
                C0 = pc0,
                C = pC,
                Gates = pGates,
                Sequence = gradients.Sequence.IsEmpty ? null : pSequence,
                DH = pH,
                DC = pdC,
                DZ = pZ,
                ToState = pToState,
            };
            if (Backend.Threads > 1 && layout.Batch > 1 && layout.StepWork * layout.Steps >= ParallelFrom) Share(job);
            else Samples(job, 0, layout.Batch);
        }

        toState.Return();
        WeightGradients(layout, trace, dZ.AsSpan(0, layout.Rows * width), dKernel, dRecurrentKernel, dBias);
        if (!dX.IsEmpty) InputGradient(layout, kernel, dZ, dX);
        ArrayPool<float>.Shared.Return(dZ);
    }

    private static void Start(ReadOnlySpan<float> gradient, Span<float> state)
    {
        if (gradient.IsEmpty) state.Clear();
        else gradient.CopyTo(state);
    }

    private static void WeightGradients(
        LstmLayout layout, LstmTrace trace, ReadOnlySpan<float> dZ, Span<float> dKernel, Span<float> dRecurrentKernel, Span<float> dBias)
    {
        var width = 4 * layout.Units;
        var packed = PackedMatrix.Pack(dZ, layout.Rows, width, width, MatrixProduct.PanelWidth);
        MatrixProduct.Multiply(trace.Rows, 1, layout.Depth, packed, dKernel, width, layout.Features, accumulate: false);
        MatrixProduct.Multiply(trace.Rows.AsSpan(layout.Features), 1, layout.Depth, packed, dRecurrentKernel, width, layout.Units, accumulate: false);
        packed.Return();
        if (dBias.IsEmpty) return;
        dBias.Clear();
        for (var at = 0; at < dZ.Length; at += width)
            System.Numerics.Tensors.TensorPrimitives.Add(dBias, dZ.Slice(at, width), dBias);
    }

    private static void InputGradient(LstmLayout layout, ReadOnlySpan<float> kernel, ReadOnlySpan<float> dZ, Span<float> dX)
    {
        var (width, features) = (4 * layout.Units, layout.Features);
        var packed = PackedMatrix.PackTransposed(kernel, width, features, MatrixProduct.PanelWidth);
        for (var step = 0; step < layout.Steps; step++)
        {
            MatrixProduct.Multiply(
                dZ[(step * layout.Batch * width)..],
                width,
                1,
                packed,
                dX[(layout.InputRow(step) * features)..],
                layout.SampleStep * features,
                layout.Batch,
                accumulate: false);
        }

        packed.Return();
    }

    private static void Share(Job job)
    {
        var threads = Math.Min(Backend.Threads, job.Layout.Batch);
        Workers.Run(threads, worker => Samples(job, worker * job.Layout.Batch / threads, (worker + 1) * job.Layout.Batch / threads));
    }

    private static void Samples(in Job job, int from, int to)
    {
        if (Vector512.IsHardwareAccelerated) Samples<Simd512>(job, from, to);
        else if (Vector256.IsHardwareAccelerated) Samples<Simd256>(job, from, to);
        else Samples<Simd128>(job, from, to);
    }

    /// <summary>Goes back through the whole sequence for some samples.</summary>
    private static void Samples<V>(in Job job, int from, int to)
        where V : struct, ISimd<V>
    {
        var layout = job.Layout;
        var (units, width) = (layout.Units, 4 * layout.Units);
        var panels = (units + MatrixProduct.PanelWidth - 1) / MatrixProduct.PanelWidth;
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
                    job.DZ + (block + sample) * width,
                    units);
            }

            var product = new MatrixJob(
                job.DZ + (block + from) * width, width, 1, job.ToState, width, units, job.DH + (nint)from * units, units, accumulate: false);
            MatrixProduct.Run(product, 0, to - from, 0, panels);
        }
    }

    /// <summary>The operands of a pass; the memory is pinned while it runs.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Job
    {
        public LstmLayout Layout;
        public float* C0;
        public float* C;
        public float* Gates;
        public float* Sequence;
        public float* DH;
        public float* DC;
        public float* DZ;

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
