namespace Unroll.Layers;

/// <summary>
/// Two whole numbers where Keras takes one number or two: <c>padding: 1</c> stands for both, <c>padding: (1, 2)</c> for each.
/// </summary>
/// <param name="First">The first: before, rows, or the first input's.</param>
/// <param name="Second">The second: after, columns, or the second input's.</param>
[System.Runtime.InteropServices.StructLayout(System.Runtime.InteropServices.LayoutKind.Auto)]
public readonly record struct Pair(int First, int Second)
{
    /// <summary>One number stands for both.</summary>
    public static implicit operator Pair(int both) => new(both, both);

    /// <summary>Two numbers.</summary>
    public static implicit operator Pair((int First, int Second) two) => new(two.First, two.Second);

    /// <summary>The named form of the conversion from one number.</summary>
    public static Pair FromInt32(int both) => both;

    /// <summary>The named form of the conversion from two.</summary>
    public static Pair FromValueTuple((int First, int Second) two) => two;

    /// <inheritdoc/>
    public override string ToString() => $"({First}, {Second})";
}
