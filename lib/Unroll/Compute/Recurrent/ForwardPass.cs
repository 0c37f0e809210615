using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Unroll.Compute.Simd;

namespace Unroll.Compute.Recurrent;

/// <summary>The operands of a forward pass, and how a part of a step is made of them; the memory is pinned meanwhile.</summary>
[StructLayout(LayoutKind.Auto)]
internal unsafe struct ForwardPass
{
    /// <summary>How many steps' inputs are multiplied together where they are multiplied apart, in whole tiles.</summary>
    public const int ProjectedSteps = 4 * MatrixTile.MaxRows;

    public RecurrentLayout Layout;
    public float* X;

    /// <summary>0 for each row of the input that is passed over; or null.</summary>
    public float* Mask;
    public bool ZeroOutputForMask;

    /// <summary>The sample of each row, see <see cref="SampleOrder"/>; or null, where rows and samples are the same.</summary>
    public int* Order;

    /// <summary>c before the first step.</summary>
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

    /// <summary>The units that the panels of a strip hold: as few as fill whole panels, one vector for four gates, four for three.</summary>
    public static int StripUnits<V, TMath>()
        where V : struct, ISimd<V>
        where TMath : struct, IRecurrentMath => V.TileVectors * V.Count / Common(TMath.Gates, V.TileVectors);

    /// <summary>The rows before a step.</summary>
    public readonly float* RowsBefore(int step) => Rows + (nint)((step - Layout.From) % Blocks) * Layout.Batch * Layout.Depth;

    /// <summary>The sample of a row.</summary>
    public readonly int SampleAt(int row) => Order == null ? row : Order[row];

    /// <summary>Copies the inputs of a step to where its rows are, if there is such a step.</summary>
    public readonly void Enter(int step, int fromRow, int toRow)
    {
        if (step == Layout.To)
            return;
        var rows = RowsBefore(step);
        for (var row = fromRow; row < toRow; row++)
        {
            var source = X + ((nint)Layout.InputRow(step) + (nint)SampleAt(row) * Layout.SampleStep) * Layout.Features;
            Copy(source, rows + (nint)row * Layout.Depth, Layout.Features);
        }
    }

    /// <summary>Makes a part of a step, whose inputs have entered, and lets those of the next one enter.</summary>
    public readonly void Make<V, TMath>(int step, Part part)
        where V : struct, ISimd<V>
        where TMath : struct, IRecurrentMath
    {
        float* h = RowsBefore(step) + Layout.Features, nextH = RowsBefore(step + 1) + Layout.Features;
        if (KeptC != null)
            Keep(step, part);
        if (Projected != null && (step - Layout.From) % ProjectedSteps == 0)
            Project<V>(step, part, TMath.Gates);
        Step<V, TMath>(step, part, h, nextH);
        if (Mask != null)
            PassOver<TMath>(step, part, h, nextH);
        if (Sequence != null)
            Put(step, part, nextH);
        if (part.FromUnit == 0)
            Enter(step + 1, part.FromSample, part.ToSample);
    }

    /// <summary>c of the samples that the step passes over: where others of their tile count, it is made with them.</summary>
    private readonly void Keep(int step, Part part)
    {
        for (var row = part.FromSample; row < part.ToSample; row++)
        {
            var at = (nint)row * Layout.Units + part.FromUnit;
            if (!Counts(step, row))
                Copy(C + at, KeptC + at, part.ToUnit - part.FromUnit);
        }
    }

    /// <summary>Makes the inputs' part of z for some steps.</summary>
    private readonly void Project<V>(int step, Part part, int gates)
        where V : struct, ISimd<V>
    {
        var (features, panelWidth) = (Layout.Features, V.TileVectors * V.Count);
        var steps = Math.Min(ProjectedSteps, Layout.To - step);
        var inputStep = (Layout.InputRow(1) - Layout.InputRow(0)) * features;
        var end = part.ToUnit == Layout.Units ? Columns : part.ToUnit * gates;
        for (var column = part.FromUnit * gates; column < end; column += panelWidth)
        {
            for (var sample = part.FromSample; sample < part.ToSample; sample++)
            {
                for (var done = 0; done < steps; done += MatrixTile.MaxRows)
                {
                    var x = X + ((nint)Layout.InputRow(step + done) + (nint)sample * Layout.SampleStep) * features;
                    var z = Projected + ((nint)sample * ProjectedSteps + done) * Columns + column;
                    MatrixTile.Run<V>(
                        ref *x,
                        inputStep,
                        1,
                        ref Weights[(nint)column * Layout.Depth],
                        ref *z,
                        Columns,
                        Math.Min(MatrixTile.MaxRows, steps - done),
                        features,
                        accumulate: false);
                }
            }
        }
    }

    [SkipLocalsInit]
    private readonly void Step<V, TMath>(int step, Part part, float* h, float* nextH)
        where V : struct, ISimd<V>
        where TMath : struct, IRecurrentMath
    {
        var (units, depth, features, panelWidth) = (Layout.Units, Layout.Depth, Layout.Features, V.TileVectors * V.Count);
        var panel = (nint)panelWidth * depth;
        var stripUnits = StripUnits<V, TMath>();
        var stripWidth = TMath.Gates * stripUnits;
        var buffer = stackalloc float[MatrixTile.MaxRows * stripWidth];
        var stateBuffer = stackalloc float[TMath.KeepsProductsApart ? MatrixTile.MaxRows * stripWidth : 0];
        var made = step - Layout.From;
        var before = CBefore(made);
        var after = C + (nint)made * CBlock;

        // What the inputs gave is there already, or they are multiplied with the states, whose rows they share.
        var add = Projected != null;
        var zStep = add ? ProjectedSteps * Columns : stripWidth;

        // A tile that is alone reads each weight once a step. Every second step begins with those that the cache has still:
        // 7 % less time at (1, 1000, 128, 256), whose weights are as large as the second-level cache.
        var turns = part.ToSample - part.FromSample <= MatrixTile.MaxRows && made % 2 == 1;
        var strips = (part.ToUnit - part.FromUnit + stripUnits - 1) / stripUnits;
        for (var strip = 0; strip < strips; strip++)
        {
            var first = part.FromUnit + (turns ? strips - 1 - strip : strip) * stripUnits;
            var columns = first * TMath.Gates;
            var width = Math.Min(stripWidth, Columns - columns);
            var weights = Weights + (nint)columns * depth;
            var stateWeights = weights + features * panelWidth;
            for (var tile = part.FromSample; tile < part.ToSample; tile += MatrixTile.MaxRows)
            {
                var (sample, count) = (tile, Math.Min(MatrixTile.MaxRows, part.ToSample - tile));
                if (Mask != null && !Narrow(step, ref sample, ref count))
                    continue;
                var z = add ? Projected + ((nint)sample * ProjectedSteps + made % ProjectedSteps) * Columns + columns : buffer;
                var rowH = h + (nint)sample * depth;
                var x = rowH - features;
                if (TMath.KeepsProductsApart)
                {
                    if (!add)
                        MatrixTile.RunStrip<V>(ref *x, depth, ref *weights, panel, ref *z, zStep, count, width, features, accumulate: false);
                    MatrixTile.RunStrip<V>(ref *rowH, depth, ref *stateWeights, panel, ref *stateBuffer, stripWidth, count, width, units, accumulate: false);
                }
                else if (add)
                {
                    MatrixTile.RunStrip<V>(ref *rowH, depth, ref *stateWeights, panel, ref *z, zStep, count, width, units, accumulate: true);
                }
                else
                {
                    MatrixTile.RunStrip<V>(ref *x, depth, ref *weights, panel, ref *z, zStep, count, width, depth, accumulate: false);
                }

                for (var unit = first; unit < Math.Min(units, first + stripUnits); unit += V.Count)
                {
                    var (column, at) = ((unit - first) * TMath.Gates, (nint)sample * units + unit);
                    var taken = ((nint)made * Layout.Batch + sample) * Layout.Width + unit;
                    TMath.Forward<V>(new StepForward
                    {
                        Z = z + column,
                        ZStep = zStep,
                        StateZ = stateBuffer + column,
                        StateZStep = stripWidth,
                        Bias = Bias + columns + column,
                        StateBias = StateBias + columns + column,
                        H = rowH + unit,
                        NextH = nextH + (nint)sample * depth + unit,
                        HStep = depth,
                        C = before + at,
                        NextC = after + at,
                        Gates = Gates == null ? null : Gates + taken,
                        StateGates = StateGates == null ? null : StateGates + taken,
                        Units = units,
                        Lanes = Math.Min(V.Count, units - unit),
                        Samples = count,
                    });
                }
            }
        }
    }

    /// <summary>Puts the states of masked samples back as they were before the step.</summary>
    private readonly void PassOver<TMath>(int step, Part part, float* h, float* nextH)
        where TMath : struct, IRecurrentMath
    {
        var (units, depth, count) = (Layout.Units, Layout.Depth, part.ToUnit - part.FromUnit);
        for (var row = part.FromSample; row < part.ToSample; row++)
        {
            if (Counts(step, row))
                continue;
            var at = (nint)row * depth + part.FromUnit;
            Copy(h + at, nextH + at, count);
            if (!TMath.HasCellState)
                continue;
            var made = step - Layout.From;
            var before = KeptC != null ? KeptC : CBefore(made);
            at = (nint)row * units + part.FromUnit;
            Copy(before + at, C + (nint)made * CBlock + at, count);
        }
    }

    /// <summary>Writes the outputs of a step. Of a masked step that is the one before, and before the first one zeros.</summary>
    private readonly void Put(int step, Part part, float* nextH)
    {
        var (units, count) = (Layout.Units, part.ToUnit - part.FromUnit);
        for (var row = part.FromSample; row < part.ToSample; row++)
        {
            var target = Sequence + ((nint)Layout.OutputRow(step) + (nint)SampleAt(row) * Layout.SampleStep) * units + part.FromUnit;
            if (Mask == null || Counts(step, row))
                Copy(nextH + (nint)row * Layout.Depth + part.FromUnit, target, count);
            else if (ZeroOutputForMask || step == 0)
                new Span<float>(target, count).Clear();
            else
                Copy(target + (nint)(Layout.OutputRow(step - 1) - Layout.OutputRow(step)) * units, target, count);
        }
    }

    private readonly float* CBefore(int made) => made == 0 ? C0 : C + (nint)(made - 1) * CBlock;

    private readonly bool Counts(int step, int row) => Mask[Layout.InputRow(step) + (nint)SampleAt(row) * Layout.SampleStep] != 0;

    /// <summary>Leaves out what a step passes over at both ends of a tile; false if that is all of it.</summary>
    private readonly bool Narrow(int step, ref int row, ref int count)
    {
        while (count > 0 && !Counts(step, row + count - 1))
            count--;
        for (; count > 0 && !Counts(step, row); count--)
            row++;
        return count > 0;
    }

    /// <summary>The greatest common divisor.</summary>
    private static int Common(int a, int b) => b == 0 ? a : Common(b, a % b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(float* source, float* target, int count) =>
        new ReadOnlySpan<float>(source, count).CopyTo(new Span<float>(target, count));
}
