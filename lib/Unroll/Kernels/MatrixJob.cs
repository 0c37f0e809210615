using System.Runtime.InteropServices;

namespace Unroll.Kernels;

/// <summary>The operands of one product; the memory is pinned while it runs.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly unsafe struct MatrixJob(
    float* left, int rowStep, int columnStep, float* right, int depth, int columns, float* result, int resultStep, bool accumulate)
{
    public readonly float* Left = left;
    public readonly int RowStep = rowStep;
    public readonly int ColumnStep = columnStep;
    public readonly float* Right = right;
    public readonly int Depth = depth;
    public readonly int Columns = columns;
    public readonly float* Result = result;
    public readonly int ResultStep = resultStep;
    public readonly bool Accumulate = accumulate;
}
