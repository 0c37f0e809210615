using System.Runtime.InteropServices;

namespace Unroll.Compute;

/// <summary>The operands of one product; the memory is pinned while it runs.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly unsafe struct MatrixJob(
    float* left, int rowStep, int columnStep, float* right, RightForm form, int depth, int columns, float* result, int resultStep, bool accumulate)
{
    public readonly float* Left = left;
    public readonly int RowStep = rowStep;
    public readonly int ColumnStep = columnStep;
    public readonly float* Right = right;
    public readonly RightForm Form = form;
    public readonly int Depth = depth;
    public readonly int Columns = columns;
    public readonly float* Result = result;
    public readonly int ResultStep = resultStep;
    public readonly bool Accumulate = accumulate;

    /// <summary>How far a row of the right lies from the next, or a column where it lies column by column.</summary>
    public int RightStep { get; init; } = form == RightForm.Columns ? depth : columns;

    /// <summary>A row that is added to every row of the result, or null.</summary>
    public float* Bias { get; init; }
}

/// <summary>How the right matrix (depth, columns) of a product lies in memory.</summary>
internal enum RightForm
{
    /// <summary>In panels: see <see cref="PackedMatrix"/>.</summary>
    Packed,

    /// <summary>Row by row.</summary>
    Rows,

    /// <summary>Column by column.</summary>
    Columns,
}
