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
/// A step that the mask passed over hands the gradients of its states on. Threads share samples or units, as in the forward
/// pass.
/// </summary>
internal static unsafe class RecurrentBackward
{
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
        Steps<V, TMath>(layout, inputs, tape, sequence, gradients);
        if (!gradients.X.IsEmpty)
            InputGradient<V>(layout, inputs.Kernel, tape.Gates, gradients.X);
    }

    private static void Steps<V, TMath>(
        RecurrentLayout layout, in RecurrentInputs inputs, RecurrentTape tape, ReadOnlySpan<float> sequence, in RecurrentGradients gradients)
        where V : struct, ISimd<V>
        where TMath : struct, IRecurrentMath
    {
        var toState = PackedMatrix.PackTransposed<V>(inputs.RecurrentKernel, layout.Width, layout.Units);
        fixed (float* pc0 = inputs.C0, pMask = inputs.Mask, pRows = tape.Rows, pC = tape.C, pGates = tape.Gates, pStateGates = tape.StateGates)
        fixed (float* pSequence = sequence, pdH = gradients.H0, pdC = gradients.C0, pToState = toState.Values)
        {
            BackThroughTime<V, TMath>(new BackwardPass
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
            });
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
        var (rows, size) = (tape.Rows, layout.Rows * width);
        ReadOnlySpan<float> dZ = tape.Gates.AsSpan(0, size), dStateZ = TMath.KeepsProductsApart ? tape.StateGates.AsSpan(0, size) : dZ;
        MatrixProduct.Multiply(
            rows, 1, layout.Depth, dZ, RightForm.Rows, gradients.Kernel, width, features, layout.Rows, width, gradients.Accumulate);
        MatrixProduct.Multiply(
            rows.AsSpan(features), 1, layout.Depth, dStateZ, RightForm.Rows, gradients.RecurrentKernel, width, units, layout.Rows, width,
            gradients.Accumulate);
        if (gradients.Bias.IsEmpty)
            return;
        Sums.OfColumns(dZ, width, gradients.Bias, gradients.Accumulate);
        if (TMath.KeepsProductsApart)
            Sums.OfColumns(dStateZ, width, gradients.Bias[width..], gradients.Accumulate);
    }

    /// <summary>
    /// dx = dz · kernelᵀ, the right side packed once. The rows of a step lie apart in the input where samples come first, and
    /// those of a sample in z: it is a product for each step, or where the batch does not fill a tile, for each sample.
    /// </summary>
    private static void InputGradient<V>(RecurrentLayout layout, ReadOnlySpan<float> kernel, ReadOnlySpan<float> dZ, Span<float> dX)
        where V : struct, ISimd<V>
    {
        var (width, features) = (layout.Width, layout.Features);
        var packed = PackedMatrix.PackTransposed<V>(kernel, width, features);
        fixed (float* pZ = dZ, pKernel = packed.Values, pX = dX)
        {
            var (z, right, x) = ((nint)pZ, (nint)pKernel, (nint)pX);
            var bySample = layout.Batch < MatrixTile.MaxRows;
            var threads = layout.StepWork * layout.Steps >= Sharing.ParallelFrom ? Math.Min(Workers.Threads, layout.Steps) : 1;
            Workers.Run(threads, n =>
            {
                int from = n * layout.Steps / threads, to = (n + 1) * layout.Steps / threads;
                if (bySample)
                    OfSamples(from, to);
                else
                    OfSteps(from, to);
            });

            void OfSteps(int from, int to)
            {
                for (var step = from; step < to; step++)
                    Product(step * layout.Batch, width, layout.InputRow(layout.From + step), layout.SampleStep, layout.Batch);
            }

            void OfSamples(int from, int to)
            {
                var inputStep = layout.InputRow(1) - layout.InputRow(0);
                for (var sample = 0; sample < layout.Batch; sample++)
                    Product(from * layout.Batch + sample, layout.Batch * width, layout.InputRow(layout.From + from) + sample * layout.SampleStep, inputStep, to - from);
            }

            void Product(int zRow, int zStep, int xRow, int xStep, int rows)
            {
                var left = (float*)z + (nint)zRow * width;
                var result = (float*)x + (nint)xRow * features;
                var product = new MatrixJob(
                    left, zStep, 1, (float*)right, RightForm.Packed, width, features, result, xStep * features, accumulate: false);
                MatrixProduct.Run(product, 0, rows, 0, MatrixProduct.Panels(features));
            }
        }

        packed.Return();
    }

    private static void BackThroughTime<V, TMath>(in BackwardPass pass)
        where V : struct, ISimd<V>
        where TMath : struct, IRecurrentMath
    {
        var layout = pass.Layout;
        switch (Sharing.Of(layout, MatrixProduct.PanelWidth))
        {
            case Share.Samples:
                ShareSamples<V, TMath>(pass, Math.Min(Workers.Threads, layout.Batch));
                break;
            case Share.Units:
                ShareUnits<V, TMath>(pass, Sharing.MostWorkers(layout, MatrixProduct.PanelWidth));
                break;
            default:
                Samples<V, TMath>(pass, 0, 1);
                break;
        }
    }

    private static void ShareSamples<V, TMath>(BackwardPass pass, int shares)
        where V : struct, ISimd<V>
        where TMath : struct, IRecurrentMath => Workers.Run(shares, n => Samples<V, TMath>(pass, n, shares));

    /// <summary>A worker needs the gradients of all units' z to go on to its units' h, and of h its own: one wait for each step.</summary>
    private static void ShareUnits<V, TMath>(BackwardPass pass, int most)
        where V : struct, ISimd<V>
        where TMath : struct, IRecurrentMath => Workers.RunSteps(pass.Layout.Steps + 1, most, (turn, worker, workers) =>
        {
            var part = Part.OfUnits(pass.Layout, MatrixProduct.PanelWidth, worker, workers);
            var step = pass.Layout.To - turn;
            if (turn > 0)
                pass.ThroughKernel<TMath>(step, part);
            if (step > pass.Layout.From)
                pass.Elementwise<V, TMath>(step - 1, part);
        });

    /// <summary>Goes back through the whole sequence for a share of the samples.</summary>
    private static void Samples<V, TMath>(in BackwardPass pass, int share, int shares)
        where V : struct, ISimd<V>
        where TMath : struct, IRecurrentMath
    {
        var part = Part.OfSamples(pass.Layout, share, shares);
        for (var step = pass.Layout.To - 1; step >= pass.Layout.From; step--)
        {
            pass.Elementwise<V, TMath>(step, part);
            pass.ThroughKernel<TMath>(step, part);
        }
    }
}
