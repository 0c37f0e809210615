using System.Runtime.InteropServices;
using Unroll.Compute.Simd;

namespace Unroll.Compute.Recurrent;

/// <summary>The operands of a pass back through time, and how a part of a step is made of them; the memory is pinned meanwhile.</summary>
[StructLayout(LayoutKind.Auto)]
internal unsafe struct BackwardPass
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

    /// <summary>The gradients of the states, on their way back.</summary>
    public float* DH;
    public float* DC;

    /// <summary>The recurrent kernel transposed, in panels.</summary>
    public float* ToState;

    /// <summary>The gradient of z, from those of the states after the step.</summary>
    public readonly void Elementwise<V, TMath>(int step, Part part)
        where V : struct, ISimd<V>
        where TMath : struct, IRecurrentMath
    {
        for (var sample = part.FromSample; sample < part.ToSample; sample++)
        {
            if (Mask == null || Counts(step, sample))
                Step<V, TMath>(step, sample, part);
            else
                PassOver<TMath>(step, sample, part);
        }
    }

    /// <summary>Adds to the gradient of h before the step what comes through the recurrent kernel, of all units' z.</summary>
    public readonly void ThroughKernel<TMath>(int step, Part part)
        where TMath : struct, IRecurrentMath
    {
        var (units, width) = (Layout.Units, Layout.Width);
        var gates = TMath.KeepsProductsApart ? StateGates : Gates;
        var product = new MatrixJob(
            gates + ((nint)(step - Layout.From) * Layout.Batch + part.FromSample) * width, width, 1, ToState, RightForm.Packed, width, units,
            DH + (nint)part.FromSample * units, units, accumulate: true);
        MatrixProduct.Run(product, 0, part.ToSample - part.FromSample, part.FromUnit / MatrixProduct.PanelWidth, MatrixProduct.Panels(part.ToUnit));
    }

    private readonly void Step<V, TMath>(int step, int sample, Part part)
        where V : struct, ISimd<V>
        where TMath : struct, IRecurrentMath
    {
        var (units, row, state) = (Layout.Units, (nint)(step - Layout.From) * Layout.Batch + sample, (nint)sample * Layout.Units + part.FromUnit);
        var gate = row * Layout.Width + part.FromUnit;
        var h = Rows + row * Layout.Depth + Layout.Features + part.FromUnit;
        var c = C + row * units + part.FromUnit;
        TMath.Backward<V>(new StepBackward
        {
            Gates = Gates + gate,
            StateGates = StateGates + gate,
            H = h,
            NextH = h + (nint)Layout.Batch * Layout.Depth,
            C = step == Layout.From ? C0 + state : c - (nint)Layout.Batch * units,
            NextC = c,
            Sequence = Sequence == null ? null : SequenceAt(step, sample) + part.FromUnit,
            DH = DH + state,
            DC = DC + state,
            Units = units,
            Count = part.ToUnit - part.FromUnit,
        });
    }

    /// <summary>
    /// No gradient for z. That of the output, which was the one before, goes to the state before; there is none where the
    /// output was zeros: by wish, or since no step that counts came before.
    /// </summary>
    private readonly void PassOver<TMath>(int step, int sample, Part part)
        where TMath : struct, IRecurrentMath
    {
        var count = part.ToUnit - part.FromUnit;
        for (var gate = 0; gate < TMath.Gates; gate++)
        {
            var at = ((nint)(step - Layout.From) * Layout.Batch + sample) * Layout.Width + gate * Layout.Units + part.FromUnit;
            new Span<float>(Gates + at, count).Clear();
            if (TMath.KeepsProductsApart)
                new Span<float>(StateGates + at, count).Clear();
        }

        if (Sequence == null || ZeroOutputForMask || !CountedBefore(step, sample))
            return;
        var sequence = SequenceAt(step, sample);
        var dH = DH + (nint)sample * Layout.Units;
        for (var unit = part.FromUnit; unit < part.ToUnit; unit++)
            dH[unit] += sequence[unit];
    }

    private readonly float* SequenceAt(int step, int sample) =>
        Sequence + ((nint)Layout.OutputRow(step) + (nint)sample * Layout.SampleStep) * Layout.Units;

    private readonly bool Counts(int step, int sample) => Mask[Layout.InputRow(step) + (nint)sample * Layout.SampleStep] != 0;

    private readonly bool CountedBefore(int step, int sample)
    {
        while (--step >= 0)
            if (Counts(step, sample))
                return true;
        return false;
    }
}
