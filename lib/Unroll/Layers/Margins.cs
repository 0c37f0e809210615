namespace Unroll.Layers;

/// <summary>
/// Whole numbers for the four sides of a picture, as Keras takes them: <c>padding: 1</c> stands for all, <c>padding: (1, 2)</c>
/// for rows and for columns, <c>padding: ((0, 1), (2, 3))</c> for top and bottom, left and right.
/// </summary>
/// <param name="Rows">How many rows, above and below.</param>
/// <param name="Columns">How many columns, on the left and on the right.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct Margins(Pair Rows, Pair Columns)
{
    /// <summary>One number stands for all sides.</summary>
    public static implicit operator Margins(int all) => new(all, all);

    /// <summary>A number for both sides of the rows, and one for those of the columns.</summary>
    public static implicit operator Margins((int Rows, int Columns) two) => new(two.Rows, two.Columns);

    /// <summary>A number for each side.</summary>
    public static implicit operator Margins(((int Above, int Below) Rows, (int Left, int Right) Columns) four) => new(four.Rows, four.Columns);

    /// <summary>The named form of the conversion from one number.</summary>
    public static Margins FromInt32(int all) => all;

    /// <summary>The named form of the conversion from two.</summary>
    public static Margins FromValueTuple((int Rows, int Columns) two) => two;

    /// <summary>The named form of the conversion from four.</summary>
    public static Margins FromValueTuple(((int Above, int Below) Rows, (int Left, int Right) Columns) four) => four;

    /// <inheritdoc/>
    public override string ToString() => $"({Rows}, {Columns})";
}
