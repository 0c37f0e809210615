namespace Unroll;

/// <summary>
/// An array of float32 numbers with a shape: row-major, contiguous, never sharing its memory with another tensor.
/// Operations follow NumPy's names and broadcasting; each is recorded by an active <see cref="GradientTape"/>.
/// </summary>
[Views.TypeFormatterSource(typeof(TensorFormatters), PreferredMimeTypes = ["text/html", "text/plain"])]
public sealed partial class Tensor
{
    private readonly float[] _values;

    internal Tensor(Shape shape, float[] values)
    {
        if (shape.Size != values.Length)
            throw new ArgumentException($"Shape {shape} holds {shape.Size} values but {values.Length} came.");
        Shape = shape;
        _values = values;
    }

    /// <summary>The lengths of the axes.</summary>
    public Shape Shape { get; }

    /// <summary>How many axes there are.</summary>
    public int Rank => Shape.Rank;

    /// <summary>How many elements there are.</summary>
    public int Size => _values.Length;

    /// <summary>The number in a tensor that holds just one.</summary>
    /// <exception cref="InvalidOperationException">There is not exactly one element.</exception>
    public float Item() => Size == 1
        ? _values[0]
        : throw new InvalidOperationException($"Item() needs a tensor with one element, but this one has shape {Shape}.");

    /// <summary>The elements as a new array in row-major order.</summary>
    public float[] ToArray() => [.. _values];

    /// <summary>A tensor with the same elements in memory of its own; the tape does not follow it back.</summary>
    public Tensor Copy() => new(Shape, ToArray());

    /// <summary>Prints as NumPy's <c>print</c> does, with <see cref="PrintOptions.Default"/>.</summary>
    public override string ToString() => ToString(PrintOptions.Default);

    /// <summary>Prints as NumPy's <c>print</c> does.</summary>
    public string ToString(PrintOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return ArrayPrinter.Format(_values, Shape.Axes, options);
    }
}
