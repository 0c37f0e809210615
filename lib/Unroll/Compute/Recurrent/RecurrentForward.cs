using System.Buffers;
using System.Runtime.Intrinsics;
using Unroll.Compute.Simd;

namespace Unroll.Compute.Recurrent;

/// <summary>
/// The forward pass of a recurrent layer over a whole sequence:
/// <code>
/// z = [x, h] · [kernel; recurrentKernel] + bias        (batch, gates·units)
/// states = elementwise(z, states)                      see <see cref="IRecurrentMath"/>
/// </code>
/// The kernels are packed once, see <see cref="GateWeights"/>. A step makes z for six samples and a few vectors of units in
/// registers and passes it through the gates while it is in the first-level cache; z as a whole is never written. Without a
/// tape the memory needed beyond input and output does not depend on the number of steps.
/// A batch that does not fill a tile reads all weights for a few rows at every step. There the inputs of some steps go
/// through their kernel together, and a step adds the recurrent part: 1.4 times faster for an LSTM at (1, 15, 250, 200).
/// Samples do not depend on each other, so threads share the batch and never wait for one another. Where it is too small for
/// that they share the units of each step (<see cref="StepsJob"/>), and a processor keeps its part of the weights in its own cache.
/// What the mask passes over is left out at the ends of a tile, see <see cref="SampleOrder"/>; between samples that count it is
/// made with them, and then its states are those before it.
/// </summary>
internal static unsafe class RecurrentForward
{
    // From how many features on the inputs go through their kernel together.
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

    /// <summary>As <see cref="RecurrentKernel.Pack"/>.</summary>
    public static GateWeights Pack<TMath>(RecurrentLayout layout, in RecurrentInputs inputs)
        where TMath : struct, IRecurrentMath =>
        Vector512.IsHardwareAccelerated ? GateWeights.Make<Simd512>(layout, inputs, Biases<TMath>())
            : Vector256.IsHardwareAccelerated ? GateWeights.Make<Simd256>(layout, inputs, Biases<TMath>())
            : GateWeights.Make<Simd128>(layout, inputs, Biases<TMath>());

    private static int Biases<TMath>()
        where TMath : struct, IRecurrentMath => TMath.KeepsProductsApart ? 2 : 1;

    private static void Run<V, TMath>(RecurrentLayout layout, in RecurrentInputs inputs, RecurrentTape? tape, in RecurrentOutputs outputs)
        where V : struct, ISimd<V>
        where TMath : struct, IRecurrentMath
    {
        var weights = inputs.Packed ?? GateWeights.Rent<V>(layout, inputs, Biases<TMath>());

        // Without a tape two blocks of rows take turns, and c is changed in place.
        var rows = tape?.Rows ?? ArrayPool<float>.Shared.Rent(2 * layout.Batch * layout.Depth);
        var projects = layout.Batch < MatrixTile.MaxRows && layout.Features >= ProjectFromFeatures && layout.Steps > 1;
        var projected = projects ? ArrayPool<float>.Shared.Rent(layout.Batch * ForwardPass.ProjectedSteps * weights.Columns) : [];
        var skips = tape is null && !inputs.Mask.IsEmpty;
        var order = skips && layout.Batch > MatrixTile.MaxRows ? SampleOrder.Of(layout, inputs.Mask, Shares<V, TMath>(layout)) : [];

        // With a mask c has memory of its own, in the order of the rows, and so has c before the step.
        var size = layout.Batch * layout.Units;
        var ownC = skips && TMath.HasCellState ? ArrayPool<float>.Shared.Rent(2 * size) : [];
        fixed (float* px = inputs.X, pc0 = inputs.C0, pWeights = weights.Values, pMask = inputs.Mask)
        fixed (float* pRows = rows, pTapeC = tape?.C, pGates = tape?.Gates, pStateGates = tape?.StateGates)
        fixed (float* pSequence = outputs.Sequence, pLastC = outputs.C, pProjected = projected, pOwnC = ownC)
        fixed (int* pOrder = order)
        {
            if (inputs.C0.IsEmpty)
                outputs.C.Clear();
            else if (tape is null)
                inputs.C0.CopyTo(outputs.C);
            var c = ownC.Length > 0 ? pOwnC : pLastC;
            var bias = pWeights + weights.BiasAt;
            var pass = new ForwardPass
            {
                Layout = layout,
                X = px,
                Mask = inputs.Mask.IsEmpty ? null : pMask,
                ZeroOutputForMask = inputs.ZeroOutputForMask,
                Order = pOrder,
                C0 = tape is null ? c : pc0,
                Weights = pWeights,
                Bias = bias,
                StateBias = bias + (Biases<TMath>() - 1) * weights.Columns,
                Projected = projects ? pProjected : null,
                Columns = weights.Columns,
                Rows = pRows,
                Blocks = tape is null ? 2 : layout.Steps + 1,
                C = tape is null ? c : pTapeC,
                CBlock = tape is null ? 0 : size,
                KeptC = ownC.Length > 0 ? pOwnC + size : null,
                Gates = pGates,
                StateGates = pStateGates,
                Sequence = outputs.Sequence.IsEmpty ? null : pSequence,
            };
            if (inputs.H0.IsEmpty)
                outputs.H.Clear();
            ToRows(pass, inputs.H0.IsEmpty ? outputs.H : inputs.H0, pRows + layout.Features, layout.Depth);
            if (ownC.Length > 0)
                ToRows(pass, outputs.C, c, layout.Units);
            pass.Enter(layout.From, 0, layout.Batch);
            Make<V, TMath>(pass);
            FromRows(pass, pass.RowsBefore(layout.To) + layout.Features, layout.Depth, outputs.H);
            if (ownC.Length > 0)
                FromRows(pass, c, layout.Units, outputs.C);
            if (tape is not null && TMath.HasCellState)
                tape.C.AsSpan((layout.Steps - 1) * outputs.C.Length, outputs.C.Length).CopyTo(outputs.C);
        }

        if (tape is null)
            ArrayPool<float>.Shared.Return(rows);
        if (projects)
            ArrayPool<float>.Shared.Return(projected);
        if (ownC.Length > 0)
            ArrayPool<float>.Shared.Return(ownC);
        if (inputs.Packed is null)
            weights.Return();
    }

    /// <summary>Copies the states of all samples to where their rows are, so far apart.</summary>
    private static void ToRows(in ForwardPass pass, ReadOnlySpan<float> states, float* rows, int rowStep)
    {
        var units = pass.Layout.Units;
        for (var row = 0; row < pass.Layout.Batch; row++)
            states.Slice(pass.SampleAt(row) * units, units).CopyTo(new Span<float>(rows + (nint)row * rowStep, units));
    }

    private static void FromRows(in ForwardPass pass, float* rows, int rowStep, Span<float> states)
    {
        var units = pass.Layout.Units;
        for (var row = 0; row < pass.Layout.Batch; row++)
            new ReadOnlySpan<float>(rows + (nint)row * rowStep, units).CopyTo(states.Slice(pass.SampleAt(row) * units, units));
    }

    private static void Make<V, TMath>(in ForwardPass pass)
        where V : struct, ISimd<V>
        where TMath : struct, IRecurrentMath
    {
        var (layout, group) = (pass.Layout, ForwardPass.StripUnits<V, TMath>());
        switch (Sharing.Of(layout, group))
        {
            case Share.Samples:
                ShareSamples<V, TMath>(pass, Shares<V, TMath>(layout));
                break;
            case Share.Units:
                ShareUnits<V, TMath>(pass, Sharing.MostWorkers(layout, group));
                break;
            default:
                Samples<V, TMath>(pass, 0, 1);
                break;
        }
    }

    /// <summary>How many threads share the samples.</summary>
    private static int Shares<V, TMath>(RecurrentLayout layout)
        where V : struct, ISimd<V>
        where TMath : struct, IRecurrentMath =>
        Sharing.Of(layout, ForwardPass.StripUnits<V, TMath>()) == Share.Samples ? Math.Min(Workers.Threads, layout.Batch) : 1;

    private static void ShareSamples<V, TMath>(ForwardPass pass, int shares)
        where V : struct, ISimd<V>
        where TMath : struct, IRecurrentMath => Workers.Run(shares, n => Samples<V, TMath>(pass, n, shares));

    private static void ShareUnits<V, TMath>(ForwardPass pass, int most)
        where V : struct, ISimd<V>
        where TMath : struct, IRecurrentMath => Workers.RunSteps(pass.Layout.Steps, most, (step, worker, workers) =>
            pass.Make<V, TMath>(pass.Layout.From + step, Part.OfUnits(pass.Layout, ForwardPass.StripUnits<V, TMath>(), worker, workers)));

    /// <summary>Takes a share of the samples through the whole sequence.</summary>
    private static void Samples<V, TMath>(in ForwardPass pass, int share, int shares)
        where V : struct, ISimd<V>
        where TMath : struct, IRecurrentMath
    {
        var part = Part.OfSamples(pass.Layout, share, shares);
        for (var step = pass.Layout.From; step < pass.Layout.To; step++)
            pass.Make<V, TMath>(step, part);
    }
}
